package io.ringmain.cli;

import io.ringmain.cli.RunLook.State;
import io.ringmain.cli.stat.RunDirectory;
import io.ringmain.cli.stat.RunSnapshot;
import io.ringmain.cli.stat.RunView;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks again and again at the runs of a user, or at one of them. Thread: one. */
final class RunLooks implements AutoCloseable {

    private final RunDirectory runs;
    private final @Nullable Long only;
    private final Consumer<String> warn;
    private final Map<Long, RunView> views = new TreeMap<>();
    private final Map<Long, RunSnapshot> last = new TreeMap<>();
    private final Set<Long> refused = new HashSet<>();

    /** Looks at all runs, or at that of the process {@code only}; tells {@code warn} once of each file that cannot be read. */
    RunLooks(RunDirectory runs, @Nullable Long only, Consumer<String> warn) {
        this.runs = runs;
        this.only = only;
        this.warn = warn;
    }

    /** Looks at each run; one that has ended since the last look is in the answer once more. */
    List<RunLook> next() throws IOException {
        for (long pid : runs.pids()) {
            if ((only == null || only == pid) && !views.containsKey(pid) && !refused.contains(pid)) {
                open(pid);
            }
        }
        List<RunLook> looks = new ArrayList<>();
        for (Map.Entry<Long, RunView> entry : List.copyOf(views.entrySet())) {
            RunLook look = look(entry.getKey(), entry.getValue());
            looks.add(look);
            if (look.state() == State.ENDED) {
                forget(entry.getKey());
            }
        }
        return looks;
    }

    private void open(long pid) {
        try {
            views.put(pid, RunView.open(runs.file(pid)));
        } catch (NoSuchFileException ended) {
            // Between listing and opening: as if it had not been listed.
            last.remove(pid);
        } catch (IOException problem) {
            refused.add(pid);
            // Those of the JDK say in their class what is wrong.
            warn.accept(
                    problem instanceof FileSystemException ? problem.toString() : String.valueOf(problem.getMessage()));
        }
    }

    private RunLook look(long pid, RunView view) {
        RunSnapshot now = view.look();
        State state = State.RUNNING;
        if (!now.ended() && !RunDirectory.isAlive(pid, now.heartbeatMs())) {
            state = State.STALE;
            // It may have ended in order just after the look.
            now = view.look();
        }
        return new RunLook(now, last.put(pid, now), now.ended() ? State.ENDED : state);
    }

    private void forget(long pid) {
        last.remove(pid);
        RunView view = views.remove(pid);
        if (view != null) {
            view.close();
        }
    }

    @Override
    public void close() {
        views.values().forEach(RunView::close);
        views.clear();
    }
}
