package io.ringmain.perf.topology;

/** Who hands events to whom. Three is the number of everything that there is more than one of. */
public enum Topology {
    /** Three publishers, one consumer. */
    MERGE("3P-1C", 3, 1),
    /** One publisher, three consumers that see every event. */
    FAN_OUT("1P-3C, each sees all", 1, 3),
    /** One publisher, two consumers that see every event, and one that sees it after both. */
    DIAMOND("diamond, 1P-2C-1C", 1, 3),
    /** One publisher, three workers that share the events. */
    POOL("pool of 3 workers", 1, 1),
    /** One publisher, three lanes that share the events by key. */
    PARTITION("3 lanes by key", 1, 1),
    /** One thread that submits tasks and takes their results, three workers. */
    TASKS("tasks on 3 workers", 1, 1);

    private final String title;
    private final int publishers;
    private final int ends;

    Topology(String title, int publishers, int ends) {
        this.title = title;
        this.publishers = publishers;
        this.ends = ends;
    }

    String title() {
        return title;
    }

    int publishers() {
        return publishers;
    }

    /** How often an event is counted. */
    int ends() {
        return ends;
    }
}
