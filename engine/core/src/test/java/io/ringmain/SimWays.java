package io.ringmain;

import io.ringmain.config.Batching;
import io.ringmain.config.Breaker;
import io.ringmain.config.Delivery;
import io.ringmain.config.Edge;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Draws how the events of a simulated pipeline come to its sinks: straight, on routes, through rings that the sinks have of their own. With
 * random numbers of its own, so that the rest of a seed's plan does not depend on them.
 */
final class SimWays {

    private static final int[] BOUNDS = {1, 2, 3, 4, 7, 8, 16, 64, 100};

    private final SimPlan plan;
    final SimPolicies policies;

    SimWays(SimPlan plan, long seed) {
        this.plan = plan;
        policies = new SimPolicies(seed ^ 0x3C6EF372FE94F82BL);
    }

    /** Adds the plan's last sink; returns what it drew, in words. */
    String addLast(PipelineBuilder<SimEvent, SimEvent> builder, SimSink sink, Batching batching) {
        String name = "sink" + (plan.sinks.size() - 1);
        SplittableRandom own = plan.faults.ofItsOwn("way to " + sink);
        if (own.nextInt(4) == 0) {
            return addRoutes(builder, own, sink, batching);
        }
        Edge edge = edge(own);
        SplittableRandom bytes = plan.faults.ofItsOwn("bytes of " + sink);
        Batching weighed = bytes.nextInt(3) > 0 ? batching : batching.bytes(1 + bytes.nextInt(40));
        Delivery delivery = breaking(sink, Delivery.of(weighed));
        delivery = edge == null ? delivery : delivery.behind(edge);
        SplittableRandom fate = plan.faults.ofItsOwn("fate of " + sink);
        delivery = fate.nextInt(3) > 0 ? delivery : delivery.whenFailed(SimPlan.policy(fate, fate));
        builder.sink(name, sink, delivery);
        return (edge == null ? "" : " behind " + edge)
                + (delivery.breaker() == null ? "" : " " + delivery.breaker())
                + (delivery.whenFailed() == null ? "" : " " + delivery.whenFailed());
    }

    private Delivery breaking(SimSink sink, Delivery delivery) {
        SplittableRandom breakers = plan.faults.ofItsOwn("breaker of " + sink);
        if (breakers.nextInt(3) > 0) {
            return delivery;
        }
        Duration pause = Duration.ofMillis(1 + breakers.nextInt(5));
        Breaker breaker = Breaker.after(1 + breakers.nextInt(4), pause, pause.multipliedBy(1 + breakers.nextInt(8)));
        sink.reliesOn(breaker, plan.runner.clock());
        return delivery.breaker(breaker);
    }

    /** A sink that sometimes takes all of the events of its route, and another for the rest or for nothing. */
    private String addRoutes(
            PipelineBuilder<SimEvent, SimEvent> builder, SplittableRandom own, SimSink sink, Batching batching) {
        int place = plan.place();
        int divisor = 2 + own.nextInt(3);
        String name = "sink" + (plan.sinks.size() - 1);
        List<Integer> before = plan.transforms();
        Edge edge = edge(own);
        sink.takesOnly(event -> event.id % divisor == 0);
        sink.stands(place, plan.letters);
        StringBuilder text = new StringBuilder(" on route" + place + '%' + divisor + " behind " + edge);
        builder.routes("routes" + place, to -> {
            to.when(event -> {
                plan.expect(event, before, place);
                plan.fault(event, place);
                return event.id % divisor == 0;
            });
            Routes<SimEvent> first = edge == null ? to.sink(name, sink, batching) : to.sink(name, sink, batching, edge);
            if (own.nextBoolean()) {
                SimSink rest = new SimSink("sink" + plan.sinks.size(), before, own, plan.faults);
                rest.takesOnly(event -> event.id % divisor != 0);
                rest.stands(place, plan.letters);
                first.otherwise().sink("sink" + plan.sinks.size(), rest);
                plan.sinks.add(rest);
                text.append(" else ").append(rest);
            }
        });
        return text.toString();
    }

    private @Nullable Edge edge(SplittableRandom own) {
        return own.nextInt(3) > 0 ? null : new Edge(policies.next(), BOUNDS[own.nextInt(BOUNDS.length)]);
    }
}
