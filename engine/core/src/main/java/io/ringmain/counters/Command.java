package io.ringmain.counters;

import io.ringmain.spi.Portable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a caller wants of the writer: an event of its ring. Its numbers, and those of {@link Change}, stand in journals. */
final class Command {

    /** A run begins, before which there were {@link #first} commands. */
    static final int BEGIN = 0;
    /** Make the counter {@link #name}. */
    static final int CREATE = 1;
    /** Move {@link #first} between the two counters. */
    static final int TRANSFER = 6;
    /** Say all values. Changes nothing. */
    static final int READ = 7;

    static final Portable<Command> TYPE = new Type();

    int what;
    int from;
    int to;
    long first;
    long second;
    String name = "";
    // Who waits for the answer; null where it is done again.
    @Nullable
    Ticket ticket;

    /** Fills a slot from what a caller has noted down. */
    static void fill(Command slot, Ticket ticket) {
        slot.copy(ticket.command);
        slot.ticket = ticket;
    }

    private void copy(Command other) {
        what = other.what;
        from = other.from;
        to = other.to;
        first = other.first;
        second = other.second;
        name = other.name;
        ticket = other.ticket;
    }

    private static final class Type implements Portable<Command> {

        private static final Command NOTHING = new Command();

        @Override
        public Command create() {
            return new Command();
        }

        @Override
        public void clear(Command command) {
            command.copy(NOTHING);
        }

        @Override
        public void copy(Command from, Command to) {
            to.copy(from);
        }

        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(Command command, DataOutput out) throws IOException {
            out.writeByte(command.what);
            if (command.what == CREATE) {
                out.writeUTF(command.name);
            } else if (command.what != READ) {
                out.writeInt(command.from);
                out.writeLong(command.first);
            }
            if (command.what == TRANSFER) {
                out.writeInt(command.to);
            } else if (command.what == Change.COMPARE_AND_SET.code) {
                out.writeLong(command.second);
            }
        }

        @Override
        public void read(Command command, DataInput in, int format) throws IOException {
            command.what = in.readByte();
            if (command.what < BEGIN || command.what > READ) {
                throw new IOException("command " + command.what + " (expected: from 0 to " + READ + ')');
            }
            if (command.what == CREATE) {
                command.name = in.readUTF();
            } else if (command.what != READ) {
                command.from = in.readInt();
                command.first = in.readLong();
            }
            if (command.what == TRANSFER) {
                command.to = in.readInt();
            } else if (command.what == Change.COMPARE_AND_SET.code) {
                command.second = in.readLong();
            }
        }
    }
}
