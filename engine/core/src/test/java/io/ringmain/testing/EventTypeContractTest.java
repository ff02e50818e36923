package io.ringmain.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.kit.Cell;
import io.ringmain.spi.EventType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The suite lets good event types pass and finds what is wrong with others. */
class EventTypeContractTest {

    /** An event with a mutable part, which a careless copy shares. */
    private static final class Basket {
        private long id;
        private List<String> things = new ArrayList<>();

        private void clear() {
            id = 0;
            things.clear();
        }

        private static void copy(Basket from, Basket to) {
            to.id = from.id;
            to.things.clear();
            to.things.addAll(from.things);
        }

        @Override
        public String toString() {
            return id + things.toString();
        }
    }

    private static EventTypeContract<Basket> contract(EventType<Basket> type) {
        return EventTypeContract.of(type, Basket::toString)
                .filledBy(basket -> basket.id = 7)
                .filledBy(basket -> basket.things.add("tea"));
    }

    @Test
    void goodTypesPass() {
        contract(EventType.of(Basket::new, Basket::clear, Basket::copy)).check();
        EventTypeContract.of(Cell.TYPE, Cell::toString)
                .filledBy(cell -> cell.value = 3)
                .filledBy(cell -> cell.note = "n")
                .check();
    }

    @Test
    void aTypeThatCreatesOneObjectIsFound() {
        Basket only = new Basket();

        assertBroken(EventType.of(() -> only, Basket::clear, Basket::copy), "eventType.create: the same event twice");
    }

    @Test
    void eventsThatShareAPartAreFound() {
        List<String> shared = new ArrayList<>();
        EventType<Basket> type = EventType.of(
                () -> {
                    Basket basket = new Basket();
                    basket.things = shared;
                    return basket;
                },
                Basket::clear,
                Basket::copy);

        assertBroken(type, "an event after a change to another: 0[tea] (expected: 0[])");
    }

    @Test
    void aClearThatForgetsAPartIsFound() {
        assertBroken(
                EventType.of(Basket::new, basket -> basket.id = 0, Basket::copy),
                "eventType.clear: 0[tea] (expected: 0[], as created)");
    }

    @Test
    void aCopyThatForgetsAPartIsFound() {
        assertBroken(
                EventType.of(Basket::new, Basket::clear, (from, to) -> to.id = from.id),
                "eventType.copy: 7[] (expected: 7[tea], as the original)");
    }

    @Test
    void aCopyThatSharesAPartIsFound() {
        assertBroken(
                EventType.of(Basket::new, Basket::clear, (from, to) -> {
                    to.id = from.id;
                    to.things = from.things;
                }),
                "eventType.copy, the original after the copy was cleared: 7[] (expected: 7[tea], unchanged)");
    }

    @Test
    void aCopyThatOnlyAddsIsFound() {
        EventType<Basket> type = EventType.of(Basket::new, Basket::clear, (from, to) -> {
            to.id = from.id;
            to.things.addAll(from.things.subList(Math.min(to.things.size(), from.things.size()), from.things.size()));
        });

        assertBroken(type, "eventType.copy of an empty event over a full one: 0[tea");
    }

    @Test
    void aTypeThatLiesAboutCopyingIsFound() {
        EventType<Basket> good = EventType.of(Basket::new, Basket::clear, Basket::copy);
        EventType<Basket> modest = new EventType<>() {
            @Override
            public Basket create() {
                return good.create();
            }

            @Override
            public void clear(Basket event) {
                good.clear(event);
            }

            @Override
            public void copy(Basket from, Basket to) {
                good.copy(from, to);
            }

            @Override
            public boolean copyable() {
                return false;
            }
        };

        assertBroken(modest, "eventType.copyable: false, but copy works");
        assertBroken(
                EventType.of(Basket::new, Basket::clear, (from, to) -> {
                    throw new UnsupportedOperationException("no copies");
                }),
                "eventType.copy of a copyable type: java.lang.UnsupportedOperationException: no copies");
    }

    @Test
    void aTypeOfAConstructorOnlyDoesNotClear() {
        assertBroken(EventType.of(Basket::new), "eventType.clear: 7[tea]");
    }

    @Test
    void aPictureThatShowsNothingIsRefused() {
        assertThatThrownBy(() -> EventTypeContract.of(Cell.TYPE, cell -> "a cell")
                        .filledBy(cell -> cell.value = 1)
                        .check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a change that the picture does not show");
    }

    private static void assertBroken(EventType<Basket> type, String message) {
        assertThatThrownBy(() -> contract(type).check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
