package io.ringmain.architecture;

/** One broken house rule, printed so that an editor can jump to it. */
record Finding(String path, long line, String banned, String use) {

    @Override
    public String toString() {
        return path + ":" + line + ": " + banned + " is banned, use " + use;
    }
}
