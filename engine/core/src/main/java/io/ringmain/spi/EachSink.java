package io.ringmain.spi;

/** A sink made of one action per event. */
record EachSink<E>(Transform<? super E> action) implements Sink<E> {

    @Override
    public void write(Batch<E> batch) throws Exception {
        for (int i = 0; i < batch.size(); i++) {
            action.apply(batch.event(i));
        }
    }

    @Override
    public boolean blocking() {
        return false;
    }
}
