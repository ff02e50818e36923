package io.ringmain.cli.letters;

import io.ringmain.journal.LetterId;
import io.ringmain.journal.LetterState;
import io.ringmain.journal.RetryOutcome;
import io.ringmain.journal.RetryRequest;
import java.util.ArrayList;
import java.util.List;

/** What became of letters that were to be tried again, from one process to another. */
public final class RetryOutcomes {

    private RetryOutcomes() {}

    static String text(List<RetryRequest.Result> results) {
        StringBuilder text = new StringBuilder();
        for (RetryRequest.Result result : results) {
            text.append(LetterId.text(result.id()))
                    .append(' ')
                    .append(result.outcome())
                    .append(' ')
                    .append(result.state())
                    .append(' ')
                    .append(result.timeNs())
                    .append('\n');
        }
        return text.toString();
    }

    /** Reads what {@link LetterCommands} answers to {@code outcome}. */
    public static List<RetryRequest.Result> parse(String text) {
        List<RetryRequest.Result> results = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (words.length == 4) {
                results.add(new RetryRequest.Result(
                        LetterId.parse(words[0]).orElseThrow(),
                        RetryOutcome.valueOf(words[1]),
                        LetterState.valueOf(words[2]),
                        Long.parseLong(words[3])));
            }
        }
        return results;
    }
}
