package io.ringmain.config;

/** What happens to an event that finds the ring full. The default is to {@link #block}: nothing is lost. */
public sealed interface WhenFull {

    /** Hold the source back until there is room. */
    record Block() implements WhenFull {}

    /** Drop the event that just arrived; counted as received and as dropped, with the reason {@code drop_newest}. */
    record DropNewest() implements WhenFull {}

    /** Returns the policy that holds the source back. */
    static WhenFull block() {
        return new Block();
    }

    /** Returns the policy that drops what arrives at a full ring. */
    static WhenFull dropNewest() {
        return new DropNewest();
    }
}
