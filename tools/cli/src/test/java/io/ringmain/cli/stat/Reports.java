package io.ringmain.cli.stat;

import io.ringmain.Accounts;
import io.ringmain.PipelineState;
import io.ringmain.Report;
import io.ringmain.Report.Blocked;
import io.ringmain.Report.Failure;
import io.ringmain.Report.SinkReport;
import io.ringmain.Report.SourceReport;
import io.ringmain.Report.StageReport;
import io.ringmain.Report.Times;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reports of pipelines that never ran. */
public final class Reports {

    private static final Times NO_TIMES = new Times(0, 0, 0, 0, 0, 0);

    private Reports() {}

    /**
     * After {@code seconds}, {@code received} events: half of them absorbed, a quarter filtered, up to a hundred in flight, the rest
     * dead letters. One source, one stage, one sink.
     */
    public static Report of(long received, int seconds, Failure... failures) {
        long inFlight = Math.min(received / 8, 100);
        long dead = received - received / 2 - received / 4 - inFlight;
        Accounts accounts = new Accounts(received, 0, received / 2, received / 4, Map.of(), dead, 0, inFlight, 0);
        return with(accounts, seconds, List.of(stage("parse", received)), failures);
    }

    /** A report with one source, a sink, and these. */
    public static Report with(Accounts accounts, int seconds, List<StageReport> stages, Failure... failures) {
        List<Blocked> blocked = List.of(new Blocked("ring_full", 3, 1_500_000_000));
        SinkReport sink = new SinkReport("print", 13, 9, 3, 1, 0, 1, NO_TIMES, NO_TIMES, 7, List.of(), null, null);
        return new Report(
                "shop",
                PipelineState.STARTED,
                false,
                Duration.ofSeconds(seconds),
                accounts,
                0,
                0.25,
                List.of(accounts),
                stages,
                List.of(new SourceReport("web", accounts.received(), 0, Map.of(), blocked)),
                List.of(),
                List.of(sink),
                null,
                List.of(),
                NO_TIMES,
                List.of(),
                List.of(),
                List.of(failures));
    }

    /** A stage that {@code in} events reached. */
    public static StageReport stage(String name, long in) {
        return new StageReport(name, List.of(name), in, in - 2, 1, 1, 0, 1, 0, NO_TIMES, NO_TIMES, 512, List.of());
    }
}
