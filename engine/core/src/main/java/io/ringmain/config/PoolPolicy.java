package io.ringmain.config;

/**
 * Decides how many workers a pool has.
 *
 * <p>Asked when all workers are busy and events wait, and again when the last worker has had nothing to do for
 * {@link Pooling#idleAfter}. A pure function: asked from any thread of the pool, maybe from several at once. Must not allocate.
 */
@FunctionalInterface
public interface PoolPolicy {

    /**
     * Returns how many workers there should be; the pool keeps it between its least and its most.
     *
     * @param workers how many there are
     * @param depth how many events wait that no worker has taken
     * @param idleNs how long the last worker has had nothing to do; 0 if all are busy
     */
    int workers(int workers, long depth, long idleNs);

    /**
     * One more worker whenever more than {@code perWorker} events wait for each, one less whenever the last one was idle.
     *
     * @param perWorker at least 0; with 0 there is a worker for each event that waits
     */
    static PoolPolicy byDepth(int perWorker) {
        if (perWorker < 0) {
            throw new IllegalArgumentException("byDepth.perWorker: " + perWorker + " (expected: >= 0)");
        }
        return (workers, depth, idleNs) -> {
            if (idleNs > 0) {
                return workers - 1;
            }
            return depth > (long) perWorker * workers ? workers + 1 : workers;
        };
    }
}
