package io.ringmain.perf.levels;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a side found: how many lines that it kept have a level, and a source.
 *
 * @param byLevel by the level's name
 * @param bySource by the source
 */
record Counted(Map<String, Long> byLevel, Map<String, Long> bySource) {

    Counted {
        byLevel = new TreeMap<>(byLevel);
        bySource = new TreeMap<>(bySource);
    }
}
