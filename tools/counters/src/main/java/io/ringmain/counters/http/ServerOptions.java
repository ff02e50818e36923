package io.ringmain.counters.http;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How counters are served.
 *
 * @param address where; port 0 for one that is free. An address that is not the machine's own loopback needs a token
 * @param token what requests must carry, at least {@value #TOKEN_CHARS_MIN} visible characters of ASCII; null for nothing
 * @param bodyBytesMax how long a body may be, at least 1
 * @param requestsMax how many requests are worked on at a time, at least 1; others are told to come again
 */
public record ServerOptions(
        InetSocketAddress address, @Nullable String token, int bodyBytesMax, int requestsMax) {

    /** How long a token is at least. */
    public static final int TOKEN_CHARS_MIN = 16;

    private static final char DELETE = 127;

    /** Checks that nobody but this machine can come without a token. */
    public ServerOptions {
        requireNonNull(address, "address");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "bind: " + address.getHostString() + " (expected: an address of this machine)");
        }
        if (token == null && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("bind: " + address.getHostString()
                    + " can be reached by others (expected: 127.0.0.1 or ::1, or a token); give a token file");
        }
        if (token != null && token.length() < TOKEN_CHARS_MIN) {
            throw new IllegalArgumentException(
                    "token: " + token.length() + " characters (expected: at least " + TOKEN_CHARS_MIN + ')');
        }
        if (token != null && !token.chars().allMatch(sign -> sign > ' ' && sign < DELETE)) {
            throw new IllegalArgumentException(
                    "token: has a space, a line end or a character beyond ASCII, which no request can send (expected: visible ASCII, in one line)");
        }
        if (bodyBytesMax < 1 || requestsMax < 1) {
            throw new IllegalArgumentException(
                    "bodyBytesMax, requestsMax: " + bodyBytesMax + ", " + requestsMax + " (expected: >= 1)");
        }
    }

    /** Returns options for {@code address}: bodies of 4 KiB, 64 requests at a time. */
    public static ServerOptions at(InetSocketAddress address, @Nullable String token) {
        return new ServerOptions(address, token, 4096, 64);
    }
}
