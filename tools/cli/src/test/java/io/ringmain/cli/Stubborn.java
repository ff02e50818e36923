package io.ringmain.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A program that a first signal does not end: its drain hangs. */
final class Stubborn {

    private Stubborn() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        Signals.ofProcess(new Screen(out, out, Screen.Traits.PIPE)).onFirst(signal -> {
            out.println(signal + ": draining");
            try {
                never.await();
            } catch (InterruptedException unexpected) {
                Thread.currentThread().interrupt();
            }
        });
        out.println("ready");
        never.await();
    }
}
