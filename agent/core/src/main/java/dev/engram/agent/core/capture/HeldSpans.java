package dev.engram.agent.core.capture;

import dev.engram.agent.core.clock.EpochClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Spans whose operation is over and which wait for a count, such as the rows a query gave. None is
 * forgotten: the request's end writes what it left, the agent's stop the rest, and where more wait
 * than there is room for, one of them is written with the count so far. Thread-safe, without locks.
 *
 * <p>A held span is in no ring, so a {@code kill -9} would take it along. Most are held for
 * milliseconds; what is held longer gets a begun note from {@link #beat()}, and is remembered as
 * interrupted then. That is cheaper than a second record for every query.
 */
final class HeldSpans {
  static final int LIMIT = 1024;

  /** How many places are tried before one is cleared. */
  private static final int TRIES = 8;

  private static final long BEGUN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EpochClock clock;
  private final AtomicReferenceArray<@Nullable Hold> places = new AtomicReferenceArray<>(LIMIT);
  private final AtomicInteger next = new AtomicInteger();

  HeldSpans(EpochClock clock) {
    this.clock = clock;
  }

  void add(Hold hold) {
    hold.span().root().held(1);
    int first = next.getAndIncrement();
    for (int i = 0; i < TRIES; i++) {
      int place = place(first + i);
      if (places.get(place) == null && places.compareAndSet(place, null, hold.at(place))) {
        return;
      }
    }
    int place = place(first);
    Hold other = places.getAndSet(place, hold.at(place));
    if (other != null) {
      other.span().end();
    }
  }

  /** Called by the end of a span that was added. */
  void remove(Hold hold) {
    hold.span().root().held(-1);
    places.compareAndSet(hold.place(), hold, null);
  }

  /** Ends what a request left when its outermost span ends. */
  void endBelow(LocalRoot root) {
    if (root.hasHeld()) {
      end(span -> span.root() == root);
    }
  }

  void endAll() {
    end(span -> true);
  }

  /** Called about once a second, by a thread that may write records. */
  void beat() {
    long before = clock.nanoTime() - BEGUN_AFTER_NANOS;
    for (int place = 0; place < LIMIT; place++) {
      Hold hold = places.get(place);
      if (hold != null && hold.since() - before < 0 && !hold.span().hasBegun()) {
        hold.span().begun();
      }
    }
  }

  private void end(Predicate<OpenSpan> condition) {
    for (int place = 0; place < LIMIT; place++) {
      Hold hold = places.get(place);
      if (hold != null && condition.test(hold.span())) {
        hold.span().end();
      }
    }
  }

  private static int place(int ticket) {
    return ticket & (LIMIT - 1);
  }
}
