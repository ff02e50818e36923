package io.ringmain.counters.http;

import io.ringmain.logs.JsonText;

/**
 * What a request is answered.
 *
 * @param status the status of HTTP
 * @param type what the body is
 * @param body the text
 */
record Answer(int status, String type, String body) {

    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int CONFLICT = 409;
    static final int TOO_LARGE = 413;
    static final int URI_TOO_LONG = 414;
    static final int INTERNAL_ERROR = 500;
    static final int UNAVAILABLE = 503;
    static final int TIMED_OUT = 504;

    static Answer json(int status, JsonText json) {
        return new Answer(status, "application/json", json + "\n");
    }

    static Answer error(int status, String message) {
        return json(
                status,
                new JsonText().beginObject().name("error").string(message).endObject());
    }
}
