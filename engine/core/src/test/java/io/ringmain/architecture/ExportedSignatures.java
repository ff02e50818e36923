package io.ringmain.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What an embedder can see of an exported type, and which types that may mention. */
final class ExportedSignatures {

    static final String[] PACKAGES = {
        "io.ringmain",
        "io.ringmain.config",
        "io.ringmain.spi",
        "io.ringmain.window",
        "io.ringmain.counters",
        "io.ringmain.testing"
    };

    private static final Set<String> EXPORTED = Set.of(PACKAGES);

    private ExportedSignatures() {}

    static ArchCondition<JavaClass> mentionOnlyTheJdkAndExportedTypes() {
        return new ArchCondition<>("mention only types of the JDK and exported types in their signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!visible(type)) {
                    return;
                }
                Stream.concat(headerTypes(type), memberTypes(type))
                        .filter(mention -> !allowed(mention.type()))
                        .map(mention -> mention.where() + " mentions "
                                + mention.type().getName() + " (expected: java.* or an exported type)")
                        .distinct()
                        .forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
            }
        };
    }

    private static Stream<Mention> headerTypes(JavaClass type) {
        Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaType> bounds =
                type.getTypeParameters().stream().flatMap(parameter -> parameter.getUpperBounds().stream());
        return mentions(type.getName(), Stream.concat(parents, bounds));
    }

    private static Stream<Mention> memberTypes(JavaClass type) {
        return type.getMembers().stream()
                .filter(ExportedSignatures::visible)
                .flatMap(member -> mentions(member.getFullName(), signature(member)));
    }

    private static Stream<JavaType> signature(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        if (member instanceof JavaCodeUnit code) {
            Stream<JavaType> bounds =
                    code.getTypeParameters().stream().flatMap(parameter -> parameter.getUpperBounds().stream());
            return Stream.of(
                            Stream.of(code.getReturnType()),
                            code.getParameterTypes().stream(),
                            code.getExceptionTypes().stream(),
                            bounds)
                    .flatMap(types -> types);
        }
        return Stream.empty();
    }

    private static Stream<Mention> mentions(String where, Stream<JavaType> types) {
        return types.map(JavaType::getAllInvolvedRawTypes)
                .flatMap(Collection::stream)
                .map(JavaClass::getBaseComponentType)
                .map(type -> new Mention(where, type));
    }

    private static boolean visible(JavaClass type) {
        Optional<JavaClass> outer = type.getEnclosingClass();
        return published(type.getModifiers()) && (outer.isEmpty() || visible(outer.get()));
    }

    private static boolean visible(JavaMember member) {
        return published(member.getModifiers()) && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean published(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static boolean allowed(JavaClass type) {
        return type.isPrimitive()
                || type.getPackageName().startsWith("java.")
                || EXPORTED.contains(type.getPackageName());
    }

    private record Mention(String where, JavaClass type) {}
}
