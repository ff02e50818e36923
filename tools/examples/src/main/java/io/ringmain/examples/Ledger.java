package io.ringmain.examples;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.journal.ChronicleDeadLetters;
import io.ringmain.journal.ChronicleJournal;
import io.ringmain.journal.ChronicleJournalReader;
import io.ringmain.journal.JournalRun;
import io.ringmain.journal.RetryRequest;
import io.ringmain.spi.Portable;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.spi.Transform;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The program of the page on journals and dead letters: an account ledger whose balances are in memory only. Each entry is in a journal before it is posted, so the balances can be made again;
 * one that is refused is a dead letter, and is tried again when there is money.
 */
public final class Ledger {

    private static final int CASH = 0;
    private static final int ANNA = 1;
    private static final int BELA = 2;
    private static final List<String> NAMES = List.of("cash", "Anna", "Bela");

    private final Path directory;
    private final Balances balances = new Balances();

    private Ledger(Path directory) {
        this.directory = directory;
    }

    /** The event: money that goes from one account to another. */
    static final class Entry {

        static final Portable<Entry> TYPE = new EntryType();

        private int from;
        private int to;
        private long cents;

        private void set(int from, int to, long cents) {
            this.from = from;
            this.to = to;
            this.cents = cents;
        }

        @Override
        public String toString() {
            return cents + " from " + NAMES.get(from) + " to " + NAMES.get(to);
        }
    }

    /** How entries are written, into letters and the journal. */
    private static final class EntryType implements Portable<Entry> {

        @Override
        public Entry create() {
            return new Entry();
        }

        @Override
        public void clear(Entry entry) {
            entry.set(0, 0, 0);
        }

        @Override
        public void copy(Entry from, Entry to) {
            to.set(from.from, from.to, from.cents);
        }

        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(Entry entry, DataOutput out) throws IOException {
            out.writeInt(entry.from);
            out.writeInt(entry.to);
            out.writeLong(entry.cents);
        }

        @Override
        public void read(Entry entry, DataInput in, int format) throws IOException {
            entry.set(in.readInt(), in.readInt(), in.readLong());
        }
    }

    /** The stage: what the accounts have. It is called by one lane, so it needs no lock. */
    private static final class Balances implements Transform<Entry> {

        private final long[] cents = new long[NAMES.size()];

        @Override
        public void apply(Entry entry) {
            if (entry.from != CASH && cents[entry.from] < entry.cents) {
                throw new IllegalStateException(entry + ": there are " + cents[entry.from]);
            }
            cents[entry.from] -= entry.cents;
            cents[entry.to] += entry.cents;
        }

        @Override
        public String toString() {
            return "Anna has " + cents[ANNA] + ", Bela has " + cents[BELA];
        }
    }

    private static Consumer<Entry> deposit(int to, long cents) {
        return transfer(CASH, to, cents);
    }

    private static Consumer<Entry> withdraw(int from, long cents) {
        return transfer(from, CASH, cents);
    }

    private static Consumer<Entry> transfer(int from, int to, long cents) {
        return entry -> entry.set(from, to, cents);
    }

    // tag::ledger[]
    private PipelineBuilder<Entry, Entry> pipeline(Sink<Entry> posted) {
        return Pipeline.of("ledger", Entry.TYPE)
                .transform("post", balances) // throws if there is too little
                .sink("posted", posted)
                .whenFailed(WhenFailed.deadLetter());
    }

    private PipelineBuilder<Entry, Entry> onDisk(ChronicleDeadLetters refused) {
        return pipeline(Sink.each(entry -> System.out.println("posted " + entry)))
                .deadLetters(refused, WhenLettersFull.BLOCK)
                .journal(ChronicleJournal.in(directory.resolve("journal")));
    }

    private void post(List<Consumer<Entry>> entries) {
        try (var ledger = onDisk(ChronicleDeadLetters.in(directory.resolve("refused")))
                .build()
                .start()) {
            entries.forEach(ledger.publisher()::publish);
        }
    }
    // end::ledger[]

    // tag::retry[]
    private RetryRequest retry() throws IOException {
        ChronicleDeadLetters refused = ChronicleDeadLetters.in(directory.resolve("refused"));
        RetryRequest request = refused.retry(found -> found.letter().stage().equals("post"));
        Source<Entry> nothingElse = (intake, max) -> Source.Status.END;
        onDisk(refused).source("teller", nothingElse).build().start().await();
        return request;
    }
    // end::retry[]

    // tag::rebuild[]
    private void rebuild() throws IOException {
        Path journal = directory.resolve("journal");
        for (JournalRun run : JournalRun.in(journal)) {
            Report report = pipeline(batch -> {}) // what was printed is not printed again
                    .replaying(ChronicleJournalReader.open(journal, run), Replaying.ALL)
                    .build()
                    .start()
                    .await();
            if (!report.succeeded()) {
                throw new IOException(run + ": " + report.failures());
            }
        }
    }
    // end::rebuild[]

    /** Runs the example in the directory {@code args[0]}. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        // tag::main[]
        var ledger = new Ledger(directory);
        ledger.rebuild(); // nothing yet, the first time
        ledger.post(List.of(deposit(ANNA, 100), transfer(ANNA, BELA, 250), deposit(ANNA, 200)));
        ledger.retry().results().forEach(result -> System.out.println("retried: " + result.outcome()));
        ledger.post(List.of(withdraw(BELA, 50)));
        System.out.println(ledger.balances);

        var rebuilt = new Ledger(directory);
        rebuilt.rebuild();
        boolean same = Arrays.equals(ledger.balances.cents, rebuilt.balances.cents);
        System.out.println("rebuilt from the journal, the same: " + same);
        // end::main[]
    }
}
