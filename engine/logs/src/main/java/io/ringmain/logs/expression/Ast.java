package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was written, before anybody asked what it means. Offsets are characters of the text. */
sealed interface Ast {

    int offset();

    /** The offset behind its last character. */
    int end();

    /** How many levels it has. */
    int depth();

    /** A constant; null is {@code null}. */
    record Literal(
            int offset, int end, FieldType type, @Nullable Object value) implements Ast {
        @Override
        public int depth() {
            return 1;
        }
    }

    /** A field, or a level; {@code isQuoted} for a name in backquotes, which is always a field. */
    record Name(int offset, int end, String text, boolean isQuoted) implements Ast {
        @Override
        public int depth() {
            return 1;
        }
    }

    /** {@code not x} or {@code - x}. */
    record Unary(int offset, String sign, Ast operand) implements Ast {
        @Override
        public int end() {
            return operand.end();
        }

        @Override
        public int depth() {
            return operand.depth() + 1;
        }
    }

    /** An operator between two. */
    record Binary(String sign, Ast left, Ast right) implements Ast {
        @Override
        public int offset() {
            return left.offset();
        }

        @Override
        public int end() {
            return right.end();
        }

        @Override
        public int depth() {
            return Math.max(left.depth(), right.depth()) + 1;
        }
    }

    /** {@code a and b and …} or {@code a or b or …}. */
    record Chain(boolean isAnd, List<Ast> operands) implements Ast {
        @Override
        public int offset() {
            return operands.get(0).offset();
        }

        @Override
        public int end() {
            return operands.get(operands.size() - 1).end();
        }

        @Override
        public int depth() {
            return depthOf(operands) + 1;
        }
    }

    /** {@code x in (…)}. */
    record In(Ast operand, List<Ast> choices, int end) implements Ast {
        @Override
        public int offset() {
            return operand.offset();
        }

        @Override
        public int depth() {
            return Math.max(operand.depth(), depthOf(choices)) + 1;
        }
    }

    /** A function with its arguments. */
    record Call(Token name, List<Ast> arguments, int end) implements Ast {
        @Override
        public int offset() {
            return name.offset();
        }

        @Override
        public int depth() {
            return depthOf(arguments) + 1;
        }
    }

    private static int depthOf(List<Ast> parts) {
        return parts.stream().mapToInt(Ast::depth).max().orElse(0);
    }
}
