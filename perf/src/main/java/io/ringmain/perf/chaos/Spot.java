package io.ringmain.perf.chaos;

/**
 * A spot in a method.
 *
 * @param kind where, seen from the method or a call in it
 * @param owner the class of the method that is called there, as class files name it; empty for {@link Kind#ENTRY} and {@link Kind#EXIT}
 * @param callee its name
 * @param nth which of several such calls, from 1, in the order of the byte code; 0 for all
 */
record Spot(Kind kind, String owner, String callee, int nth) {

    /** Where. */
    enum Kind {
        /** Before its first instruction. */
        ENTRY,
        /** Before each of its returns. */
        EXIT,
        /** Before the call. */
        BEFORE,
        /** After the call. */
        AFTER
    }

    static final Spot ENTRY = new Spot(Kind.ENTRY, "", "", 0);

    static final Spot EXIT = new Spot(Kind.EXIT, "", "", 0);

    static Spot before(String owner, String callee) {
        return new Spot(Kind.BEFORE, owner, callee, 0);
    }

    static Spot after(String owner, String callee) {
        return new Spot(Kind.AFTER, owner, callee, 0);
    }

    /** The same at one of several calls. */
    Spot only(int number) {
        return new Spot(kind, owner, callee, number);
    }

    boolean isCall(String calledOwner, String called) {
        return owner.equals(calledOwner) && callee.equals(called);
    }
}
