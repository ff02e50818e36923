package io.ringmain.cli;

import io.ringmain.cli.stat.RunDirectory;
import java.io.InputStream;

/**
 * What the command has of the process that it runs in.
 *
 * @param screen where it writes
 * @param in what it reads when told to read the standard input
 * @param signals who tells it to end
 * @param runs where it shows its counts to {@code ringmain stat}
 */
record Shell(Screen screen, InputStream in, Signals signals, RunDirectory runs) {}
