package io.ringmain.counters;

import io.ringmain.internal.run.Reply;

/** What one thread wants of the writer, and where it finds the answer; used again by each call of that thread. */
final class Ticket {

    final Reply reply = new Reply();
    final Command command = new Command();
    // How many calls this thread has made: every so many are timed.
    long calls;

    // The answer.
    long old;
    boolean isFull;
    Transfer transfer = Transfer.DONE;
    long[] values = {};

    /** Notes down what is wanted of one counter, or two. */
    Ticket wants(int what, int from, int to, long first, long second) {
        command.what = what;
        command.from = from;
        command.to = to;
        command.first = first;
        command.second = second;
        return this;
    }

    /** Notes down that a counter is wanted. */
    Ticket wants(String name) {
        command.what = Command.CREATE;
        command.name = name;
        return this;
    }
}
