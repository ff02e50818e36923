package io.ringmain.examples;

import io.ringmain.Pipeline;
import io.ringmain.config.WhenFailed;
import io.ringmain.spi.Sink;
import java.time.Duration;
import java.util.List;

/** The program of the README: takes orders, prices them, drops the small ones, prints the rest and the accounts. */
public final class TwelveLines {

    private TwelveLines() {}

    /** The event: one object per slot, reused for ever. */
    static final class Order {
        private String item = "";
        private long quantity;
        private long cents;

        void take(String line) {
            int space = line.indexOf(' ');
            quantity = Long.parseLong(line, 0, space, 10);
            item = line.substring(space + 1);
        }

        void price() {
            cents = quantity * 250;
        }

        @Override
        public String toString() {
            return quantity + " " + item + " for " + cents;
        }
    }

    /** Runs the example. */
    public static void main(String[] args) {
        // tag::twelve[]
        try (var orders = Pipeline.of("orders", Order::new)
                .transform("price", Order::price)
                .filter("large", order -> order.cents >= 1_000)
                .sink("print", Sink.each(System.out::println))
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            for (String line : List.of("3 apples", "4 pears", "12 plums")) {
                orders.publisher().publish(Order::take, line);
            }
            System.out.println(orders.drain(Duration.ofSeconds(1)).accounts());
        }
        // end::twelve[]
    }
}
