package io.ringmain.logs.parse;

/**
 * What stands between the quotes of a request, {@code METHOD path PROTOCOL}; {@link AccessParser} says what is well formed.
 *
 * <p>Most are looked at in two places only: the method and its blank in front, the protocol and its blank at the end.
 *
 * <p>Thread: one parser's. Never allocates.
 */
final class RequestLine {

    private static final int GET = (int) Words.of("GET ");
    private static final long HTTP_1_0 = Words.of("HTTP/1.0");
    private static final long HTTP_1_1 = Words.of("HTTP/1.1");
    private static final long HTTP_2_0 = Words.of("HTTP/2.0");
    private static final long HTTP = Words.of("HTTP/");
    private static final long HTTP_BITS = (1L << 40) - 1;
    private static final int HTTP_LENGTH = 5;

    private final AccessFields fields;
    private final int method;
    private final int path;
    private final int protocol;
    private final int request;

    RequestLine(AccessFields fields) {
        this.fields = fields;
        method = fields.key("method");
        path = fields.key("path");
        protocol = fields.key("protocol");
        request = fields.key("request");
    }

    /** Sets the fields of the request from {@code from} to {@code end}. */
    void set(byte[] line, int from, int end) {
        int methodEnd = methodEnd(line, from, end);
        int pathAt = methodEnd + 1;
        int protocolAt = protocolAt(line, Math.min(pathAt, end), end);
        int pathEnd = protocolAt == end ? end : protocolAt - 1;
        if (methodEnd == from || pathAt >= pathEnd || line[pathAt] == ' ' || line[pathEnd - 1] == ' ') {
            fields.raw(request, from, end);
            return;
        }
        if (protocolAt == end && Words.blank(line, pathAt, end) != end) {
            fields.raw(request, from, end);
            return;
        }
        fields.raw(method, from, methodEnd);
        fields.raw(path, pathAt, pathEnd);
        if (protocolAt != end) {
            fields.raw(protocol, protocolAt, end);
        }
    }

    /** Where the blank behind the method is; {@code from} if there is no method with a blank behind it. */
    private static int methodEnd(byte[] line, int from, int end) {
        if (from + 4 <= end && (int) Words.at(line, from) == GET) {
            return from + 3;
        }
        int i = from;
        while (i < end && isOfMethod(line[i])) {
            i++;
        }
        return i < end && line[i] == ' ' ? i : from;
    }

    private static boolean isOfMethod(byte b) {
        int lower = b | 0x20;
        return (lower >= 'a' && lower <= 'z') || b == '-' || b == '_';
    }

    /** Where the last word begins if it is a protocol, else {@code end}. */
    private static int protocolAt(byte[] line, int from, int end) {
        int usual = end - 8;
        if (usual > from && line[usual - 1] == ' ') {
            long word = Words.at(line, usual);
            if (word == HTTP_1_1 || word == HTTP_1_0 || word == HTTP_2_0) {
                return usual;
            }
        }
        int at = end;
        while (at > from && line[at - 1] != ' ') {
            at--;
        }
        boolean isHttp = end - at >= HTTP_LENGTH && (Words.at(line, at) & HTTP_BITS) == HTTP;
        return isHttp ? at : end;
    }
}
