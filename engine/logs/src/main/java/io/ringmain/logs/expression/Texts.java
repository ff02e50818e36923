package io.ringmain.logs.expression;

import io.ringmain.logs.BudgetedText;
import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is done with text. Characters are code points, each as many bytes as UTF-8 says. */
final class Texts {

    private Texts() {}

    private static boolean continues(byte b) {
        return (b & 0xc0) == 0x80;
    }

    /** Small or capital letters, of ASCII. */
    static final class Cased extends Node {

        private final boolean isUpper;
        private final Node operand;
        private final TextBuffer text = new TextBuffer();

        Cased(boolean isUpper, Node operand) {
            super(FieldType.TEXT);
            this.isUpper = isUpper;
            this.operand = operand;
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            operand.evaluate(event, into);
            if (into.isMissing()) {
                return;
            }
            text.clear();
            byte[] bytes = into.bytes();
            byte first = (byte) (isUpper ? 'a' : 'A');
            for (int i = into.offset(); i < into.offset() + into.length(); i++) {
                boolean changes = bytes[i] >= first && bytes[i] < first + 26;
                text.put(changes ? (byte) (bytes[i] ^ 0x20) : bytes[i]);
            }
            text.read(into);
        }
    }

    /** Text without the blanks around it. */
    static final class Trimmed extends Node {

        private final Node operand;

        Trimmed(Node operand) {
            super(FieldType.TEXT);
            this.operand = operand;
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            operand.evaluate(event, into);
            if (into.isMissing()) {
                return;
            }
            byte[] bytes = into.bytes();
            int from = into.offset();
            int to = from + into.length();
            while (from < to && isBlank(bytes[from])) {
                from++;
            }
            while (from < to && isBlank(bytes[to - 1])) {
                to--;
            }
            if (to - from != into.length()) {
                into.setText(bytes, from, to - from);
            }
        }

        private static boolean isBlank(byte b) {
            return b == ' ' || (b >= '\t' && b <= '\r');
        }
    }

    /** How many characters a text has. */
    static final class Length extends Node {

        private final Node operand;

        Length(Node operand) {
            super(FieldType.NUMBER);
            this.operand = operand;
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            operand.evaluate(event, into);
            if (into.isMissing()) {
                return;
            }
            int count = 0;
            for (int i = into.offset(); i < into.offset() + into.length(); i++) {
                count += continues(into.bytes()[i]) ? 0 : 1;
            }
            into.setLong(count);
        }
    }

    /** Some characters of a text. */
    static final class Part extends Node {

        private final Node operand;
        private final Node start;
        private final Node count;
        private final Value number = new Value();

        Part(List<Node> parts) {
            super(FieldType.TEXT);
            operand = parts.get(0);
            start = parts.get(1);
            count = parts.size() > 2 ? parts.get(2) : Constant.of(FieldType.NUMBER, Long.MAX_VALUE);
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            operand.evaluate(event, into);
            start.evaluate(event, number);
            boolean isKnown = !into.isMissing() && !number.isMissing();
            long first = clipped(number);
            count.evaluate(event, number);
            if (!isKnown || number.isMissing()) {
                into.setMissing();
                return;
            }
            int end = into.offset() + into.length();
            int from = skip(into.bytes(), into.offset(), end, first);
            into.setText(into.bytes(), from, skip(into.bytes(), from, end, clipped(number)) - from);
        }

        /** A fraction is cut off; less than nothing is nothing. */
        private static long clipped(Value number) {
            if (number.isMissing()) {
                return 0;
            }
            return Math.max(0, number.kind() == Value.Kind.LONG ? number.longValue() : (long) number.doubleValue());
        }

        private static int skip(byte[] bytes, int from, int end, long characters) {
            int index = from;
            for (long skipped = 0; skipped < characters && index < end; skipped++) {
                index++;
                while (index < end && continues(bytes[index])) {
                    index++;
                }
            }
            return index;
        }
    }

    /** Several values as one text; missing if one is. */
    static final class Joined extends Node {

        private final Node[] operands;
        private final Value value = new Value();
        private final TextBuffer text = new TextBuffer();

        Joined(List<Node> operands) {
            super(FieldType.TEXT);
            this.operands = operands.toArray(new Node[0]);
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            text.clear();
            for (Node operand : operands) {
                operand.evaluate(event, value);
                text.put(value);
            }
            text.read(into);
        }
    }

    /** Where a text is looked for in another. */
    enum Place {
        ANYWHERE,
        START,
        END
    }

    /** Whether a text has another. */
    static final class Has extends Node.Condition {

        private final Place place;
        private final Node operand;
        private final Node part;
        private final Value whole = new Value();
        private final Value sought = new Value();

        Has(Place place, Node operand, Node part) {
            this.place = place;
            this.operand = operand;
            this.part = part;
        }

        @Override
        boolean test(LogEvent event) throws RejectedException {
            operand.evaluate(event, whole);
            part.evaluate(event, sought);
            if (whole.isMissing() || sought.isMissing()) {
                return false;
            }
            int last = whole.offset() + whole.length() - sought.length();
            if (last < whole.offset()) {
                return false;
            }
            return switch (place) {
                case ANYWHERE -> isBetween(whole.offset(), last);
                case START -> isAt(whole.offset());
                case END -> isAt(last);
            };
        }

        private boolean isAt(int index) {
            return Arrays.equals(
                    whole.bytes(),
                    index,
                    index + sought.length(),
                    sought.bytes(),
                    sought.offset(),
                    sought.offset() + sought.length());
        }

        private boolean isBetween(int first, int last) {
            if (sought.length() == 0) {
                return true;
            }
            byte[] bytes = whole.bytes();
            byte begin = sought.bytes()[sought.offset()];
            for (int i = first; i <= last; i++) {
                if (bytes[i] == begin && isAt(i)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether a regular expression is found in a text. */
    static final class Matches extends Node.Condition {

        private final Node operand;
        private final Matcher matcher;
        private final BudgetedText text = new BudgetedText();
        private final Value value = new Value();

        Matches(Node operand, Pattern pattern) {
            this.operand = operand;
            matcher = pattern.matcher(text);
        }

        @Override
        boolean test(LogEvent event) throws RejectedException {
            operand.evaluate(event, value);
            if (value.isMissing()) {
                return false;
            }
            return switch (text.find(matcher, value.bytes(), value.offset(), value.length())) {
                case MATCH -> true;
                case NO_MATCH -> false;
                case EXHAUSTED -> throw RejectedException.of(ParseResult.REGEX_BUDGET);
            };
        }
    }
}
