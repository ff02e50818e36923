package io.ringmain.window;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Emitter;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares each window with those of its key before it, and gives an {@link Alert} for each rule that it breaks.
 *
 * <p>A window that breaks a rule is learnt as the limit that it broke, not as what it is: so one spike hardly moves the baseline and cannot hide the next one, and a level that stays
 * becomes usual after some windows, each of which alerts. A median needs no such care and learns all as they are. Multiples are for measures that are not negative. A measure that is not a number is not there.
 *
 * <p>Thread: one lane; add the rules before it runs. Nothing is allocated per window; a key's baselines are when it is seen first. Keys beyond the bound are not judged, but {@linkplain
 * #windowsUnjudged counted}.
 *
 * @param <E> the window as an event
 */
public final class AnomalyRules<E> implements Emitter<E, Alert>, Stateful {

    /** How many keys are told apart if nothing is said. */
    public static final int KEYS_MAX_DEFAULT = 10_000;

    private static final int FORMAT = 1;

    private final ToLongFunction<? super E> startNs;
    private final ToLongFunction<? super E> endNs;
    private final Function<? super E, String> key;
    private final int keysMax;
    private final List<AnomalyRule> rules = new ArrayList<>();
    private final List<ToDoubleFunction<? super E>> measures = new ArrayList<>();
    private final Map<String, BaselineState[]> states = new HashMap<>();
    private long windowsUnjudged;
    /** The rule to go on with, where the outlet was full. */
    private int next;

    /**
     * Makes it without rules.
     *
     * @param startNs where a window begins, in epoch nanoseconds
     * @param endNs where it ends
     * @param key whose window it is; the same text for all if there are no keys
     * @param keysMax how many keys are told apart, at least 1
     */
    public AnomalyRules(
            ToLongFunction<? super E> startNs,
            ToLongFunction<? super E> endNs,
            Function<? super E, String> key,
            int keysMax) {
        this.startNs = requireNonNull(startNs, "startNs");
        this.endNs = requireNonNull(endNs, "endNs");
        this.key = requireNonNull(key, "key");
        this.keysMax = keysMax;
        if (keysMax < 1) {
            throw new IllegalArgumentException("anomaly rules.keysMax: " + keysMax + " (expected: >= 1)");
        }
    }

    /** Makes it without rules and without keys: all windows are of one series. */
    public AnomalyRules(ToLongFunction<? super E> startNs, ToLongFunction<? super E> endNs) {
        this(startNs, endNs, event -> "", 1);
    }

    /** Adds a rule over what {@code measure} says of a window; returns this. */
    public AnomalyRules<E> add(AnomalyRule rule, ToDoubleFunction<? super E> measure) {
        rules.add(requireNonNull(rule, "rule"));
        measures.add(requireNonNull(measure, "measure"));
        return this;
    }

    /** Windows so far whose keys found no room. */
    public long windowsUnjudged() {
        return windowsUnjudged;
    }

    @Override
    public Progress emit(E event, Outlet<Alert> outlet) {
        int first = next;
        // A function of the embedder may throw; then the next call begins anew.
        next = 0;
        String name = key.apply(event);
        BaselineState[] baselines = baselines(name);
        if (baselines == null) {
            windowsUnjudged++;
            return Progress.DONE;
        }
        for (int i = first; i < baselines.length; i++) {
            if (!judge(event, name, i, baselines[i], outlet)) {
                next = i;
                return Progress.MORE;
            }
        }
        return Progress.DONE;
    }

    private BaselineState @Nullable [] baselines(String name) {
        BaselineState[] known = states.get(name);
        if (known != null || states.size() == keysMax) {
            return known;
        }
        BaselineState[] made = new BaselineState[rules.size()];
        for (int i = 0; i < made.length; i++) {
            made[i] = BaselineState.of(rules.get(i).baseline());
        }
        states.put(name, made);
        return made;
    }

    /** Judges a window by one rule and learns it; false if there was no room to tell. */
    private boolean judge(E event, String name, int index, BaselineState baseline, Outlet<Alert> outlet) {
        double value = measures.get(index).applyAsDouble(event);
        if (Double.isNaN(value)) {
            return true;
        }
        AnomalyRule rule = rules.get(index);
        long start = startNs.applyAsLong(event);
        double learnt = value;
        if (baseline.samples(start) >= rule.samplesMin()) {
            double limit = baseline.limit(start, rule.above());
            if (value > limit) {
                Alert alert = outlet.claim();
                if (alert == null) {
                    return false;
                }
                alert.fill(start, endNs.applyAsLong(event), name, rule);
                double usual = baseline.usual(start);
                alert.compare(value, usual);
                // Nothing is a multiple of nought, which would stay the baseline for ever.
                learnt = rule.baseline() instanceof Baseline.Median || usual == 0 ? value : limit;
            }
        }
        baseline.add(start, learnt);
        return true;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeInt(rules.size());
        out.writeLong(windowsUnjudged);
        out.writeInt(states.size());
        // In order, so that the same state is the same bytes.
        for (Map.Entry<String, BaselineState[]> entry : new TreeMap<>(states).entrySet()) {
            out.writeUTF(entry.getKey());
            for (BaselineState baseline : entry.getValue()) {
                baseline.save(out);
            }
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("anomaly rules: format " + format + " (expected: " + FORMAT + ')');
        }
        int saved = in.readInt();
        if (saved != rules.size()) {
            throw new IOException(
                    "anomaly rules: the state of " + saved + " rules (expected: of " + rules.size() + ')');
        }
        windowsUnjudged = in.readLong();
        int keys = in.readInt();
        if (keys > keysMax) {
            throw new IOException("anomaly rules: the state of " + keys + " keys (expected: <= " + keysMax + ')');
        }
        states.clear();
        for (int i = 0; i < keys; i++) {
            BaselineState[] baselines = baselines(in.readUTF());
            if (baselines == null) {
                throw new IOException("anomaly rules: no room for a saved key");
            }
            for (BaselineState baseline : baselines) {
                baseline.load(in);
            }
        }
    }
}
