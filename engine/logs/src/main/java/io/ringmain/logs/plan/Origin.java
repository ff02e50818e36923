package io.ringmain.logs.plan;

/**
 * Where the characters of a scalar come from: finds the place of a part of the text behind quotes, escapes and folded lines, by going
 * along text and source side by side.
 */
final class Origin {

    /** How a scalar is written. */
    enum Style {
        /** Without quotes, maybe over several lines. */
        PLAIN,
        /** In ' quotes. */
        SINGLE_QUOTED,
        /** In " quotes. */
        DOUBLE_QUOTED,
        /** Below a line with | or &gt;. */
        BLOCK
    }

    private final SourceText source;
    private final int start;
    private final int end;
    private final Style style;

    Origin(SourceText source, int start, int end, Style style) {
        this.source = source;
        this.start = start;
        this.end = end;
        this.style = style;
    }

    /** The scalar with its quotes. */
    Mark whole() {
        return source.mark(start, end);
    }

    /** What stands from here to the end of {@code last}. */
    Origin to(Origin last) {
        return new Origin(source, start, last.end, style);
    }

    /** What stands there. */
    String text() {
        return source.text(start, end);
    }

    /** The place of {@code length} chars from {@code offset} of {@code text}, which is the scalar's. */
    Mark part(String text, int offset, int length) {
        int from = indexOf(text, offset);
        int to = length > 0 ? indexOf(text, offset + length - 1) + 1 : from + 1;
        return source.mark(from, to);
    }

    private int indexOf(String text, int offset) {
        int index = firstIndex();
        int i = 0;
        while (i < Math.min(offset, text.length()) && index < end) {
            int wanted = text.codePointAt(i);
            int found = source.at(index);
            if (style == Style.DOUBLE_QUOTED && found == '\\') {
                index += escapeLength(index);
                i += source.isBreak(index - 1) ? 0 : Character.charCount(wanted);
            } else if (style == Style.SINGLE_QUOTED && found == '\'') {
                index += 2;
                i++;
            } else if (found == wanted) {
                index++;
                i += Character.charCount(wanted);
            } else if (Character.isWhitespace(found)) {
                // A folded line end, or the indent of a block: any blanks here stand for any blanks there.
                index = skipBlanks(index);
                i = skipBlanks(text, i);
            } else if (Character.isWhitespace(wanted)) {
                // An empty line at the beginning of a block, which has been skipped.
                i++;
            } else {
                index++;
            }
        }
        // Behind a line end the next character stands behind the indent.
        boolean isFolded = i < text.length() && !Character.isWhitespace(text.charAt(i));
        return isFolded ? skipBlanks(index) : index;
    }

    private int firstIndex() {
        return switch (style) {
            case PLAIN -> start;
            case SINGLE_QUOTED, DOUBLE_QUOTED -> start + 1;
            case BLOCK -> {
                int index = start;
                while (index < end && !source.isBreak(index)) {
                    index++;
                }
                yield skipBlanks(index);
            }
        };
    }

    private int escapeLength(int index) {
        return switch (source.at(index + 1)) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }

    private int skipBlanks(int from) {
        int index = from;
        while (index < end && Character.isWhitespace(source.at(index))) {
            index++;
        }
        return index;
    }

    private static int skipBlanks(String text, int from) {
        int index = from;
        while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
            index++;
        }
        return index;
    }
}
