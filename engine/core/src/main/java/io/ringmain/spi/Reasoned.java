package io.ringmain.spi;

/**
 * An exception that knows a constant code for what was wrong. Dead letters and reports show the code, so that programs can tell
 * failures apart without reading messages; the reason of other exceptions is {@code exception}.
 *
 * <p>It is a refusal of the data, so it is a permanent failure unless the stage or sink {@linkplain Stage#kindOf says} otherwise.
 */
public interface Reasoned {

    /** The code: lower case, words joined by {@code _}; the same for every failure of this kind. */
    String reason();
}
