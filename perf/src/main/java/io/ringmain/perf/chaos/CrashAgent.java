package io.ringmain.perf.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts a call of {@link Trap#reached} at one crash point of the engine while its class is loaded. So the engine has no hook for this, and a child that is
 * not armed runs the very code that is shipped.
 *
 * <p>A call without arguments and result leaves stack and frames as they are, so the class is otherwise copied as it is.
 */
public final class CrashAgent {

    /** What the child says if the point is nowhere: the engine has changed, and the table has not. */
    static final String UNPLACED = "unplaced";

    private static final int API = Opcodes.ASM9;

    private CrashAgent() {}

    /**
     * Arms a point, before the child's own main method.
     *
     * @param arguments {@code NAME=TIMES}: the point, and which time it is that nobody comes past it
     */
    public static void premain(String arguments, Instrumentation instrumentation) {
        int equals = arguments.indexOf('=');
        CrashPoint point = CrashPoint.named(arguments.substring(0, equals));
        Trap.arm(Long.parseLong(arguments.substring(equals + 1)));
        instrumentation.addTransformer(new Arming(point));
    }

    /** Writes the jar that makes this class an agent: a manifest, for the class itself is on the class path. */
    static Path writeJar(Path folder) throws IOException {
        Path jar = folder.resolve("agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", CrashAgent.class.getName());
        try (OutputStream file = Files.newOutputStream(jar);
                var out = new JarOutputStream(file, manifest)) {
            out.finish();
        }
        return jar;
    }

    private record Arming(CrashPoint point) implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] original) {
            if (!point.place().equals(name)) {
                return null;
            }
            byte[] armed = armed(point, original);
            if (armed == null) {
                Trap.say(UNPLACED);
            }
            return armed;
        }
    }

    /** The class {@code original} with the point in it; null if it has no such spot. */
    static byte @Nullable [] armed(CrashPoint point, byte[] original) {
        var reader = new ClassReader(original);
        var writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        var places = new Places(writer, point);
        reader.accept(places, 0);
        return places.count == 0 ? null : writer.toByteArray();
    }

    private static final class Places extends ClassVisitor {

        private final CrashPoint point;
        private int count;

        Places(ClassVisitor next, CrashPoint point) {
            super(API, next);
            this.point = point;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean meant = name.equals(point.method()) && (access & (Opcodes.ACC_BRIDGE | Opcodes.ACC_ABSTRACT)) == 0;
            return meant ? new Method(next) : next;
        }

        private final class Method extends MethodVisitor {

            private int calls;

            Method(MethodVisitor next) {
                super(API, next);
            }

            @Override
            public void visitCode() {
                super.visitCode();
                if (point.spot().kind() == Spot.Kind.ENTRY) {
                    place();
                }
            }

            @Override
            public void visitInsn(int opcode) {
                boolean returns = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
                if (returns && point.spot().kind() == Spot.Kind.EXIT) {
                    place();
                }
                super.visitInsn(opcode);
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean inInterface) {
                Spot spot = point.spot();
                boolean meant = spot.isCall(owner, name);
                if (meant) {
                    calls++;
                    meant = spot.nth() == 0 || spot.nth() == calls;
                }
                if (meant && spot.kind() == Spot.Kind.BEFORE) {
                    place();
                }
                super.visitMethodInsn(opcode, owner, name, descriptor, inInterface);
                if (meant && spot.kind() == Spot.Kind.AFTER) {
                    place();
                }
            }

            private void place() {
                count++;
                super.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(Trap.class), "reached", "()V", false);
            }
        }
    }
}
