package io.ringmain.window;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How often each text came, see {@link Aggregations#counts}. {@value #VALUES_MAX} texts of a group are told apart, and {@value #PAIRS_MAX} in all.
 *
 * <p>Thread: as {@link Aggregation}.
 *
 * @param <E> the event
 */
public final class TextCounts<E> implements StateAggregation<E, ValueCounts> {

    /** The most texts of a group: {@value}. */
    public static final int VALUES_MAX = 1000;

    /** The most of all groups together: {@value}. */
    public static final int PAIRS_MAX = 1_000_000;

    private final Function<? super E, ? extends CharSequence> text;
    private final KeyBuffer key = new KeyBuffer();
    private final ValueCounts counts = new ValueCounts(VALUES_MAX, PAIRS_MAX);

    TextCounts(Function<? super E, ? extends CharSequence> text) {
        this.text = text;
    }

    @Override
    public ValueCounts state() {
        return counts;
    }

    @Override
    public void add(int group, E event) {
        key.clear();
        counts.add(group, key.putText(text.apply(event)) ? key : null, 1);
    }

    /** The {@code most} texts of a group that came most often, with how often; of equal ones those that stand first in order. Allocates. */
    public Map<String, Long> top(int group, int most) {
        Map<String, Long> all = new TreeMap<>();
        KeyTable values = counts.values(group);
        for (int number = 1; values != null && number <= values.count(); number++) {
            all.put(KeyBuffer.textAt(values.bytes(), values.offset(number)), counts.count(group, number));
        }
        Map<String, Long> top = new LinkedHashMap<>();
        all.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
        return top;
    }

    /** How often texts of a group came that found no room. */
    public long others(int group) {
        return counts.others(group);
    }
}
