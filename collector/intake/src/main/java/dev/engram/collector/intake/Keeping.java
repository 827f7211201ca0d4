package dev.engram.collector.intake;

import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Remover;
import dev.engram.collector.store.Retention;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes out of the store what is too old or too much. Each call does a little at most, and then
 * nothing for four times as long, so that records are taken in meanwhile. For one thread: that of
 * the collector, between its commits, or one of its own where the store removes beside them.
 */
final class Keeping {
  private static final long LOOK_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int RESTS_FOR_ONE_STEP = 4;

  /** A machine may sleep for less, and then its clock is right. */
  private static final Duration JUMP = Duration.ofDays(1);

  /** The part of the most bytes that is free again when the oldest rows have gone. */
  private static final int MARGIN = 20;

  private final Retention retention;
  private final Remover remover;
  private final StoreReader reader;
  private final Clock clock;
  private final Consumer<String> log;
  private Removal gone = Removal.NOTHING;
  private boolean making;
  private boolean full;
  private boolean failing;
  private long next = System.nanoTime();
  private long lookedAt = next;
  private Instant lookedWhen;
  private Instant steadyFrom = Instant.MIN;

  Keeping(
      Retention retention, Remover remover, StoreReader reader, Clock clock, Consumer<String> log) {
    this.retention = retention;
    this.remover = remover;
    this.reader = reader;
    this.clock = clock;
    this.log = log;
    lookedWhen = clock.instant();
  }

  /**
   * Does a little, unless it is time to rest.
   *
   * @throws StoreException when the store needs a person's help
   */
  void step() {
    long begun = System.nanoTime();
    if (retention.equals(Retention.NONE) || begun - next < 0) {
      return;
    }
    boolean more = attempt();
    long now = System.nanoTime();
    next = now + (more ? RESTS_FOR_ONE_STEP * (now - begun) : LOOK_NANOS);
  }

  /** Does all there is to do, without a rest. */
  Removal all() {
    while (remove()) {
      // The next step.
    }
    return gone;
  }

  /** A store that cannot do it now is asked again later: taking records in matters more. */
  private boolean attempt() {
    try {
      boolean more = remove();
      failing = false;
      if (!more) {
        tell();
      }
      return more;
    } catch (StoreException failure) {
      if (!failure.isRetryable()) {
        throw failure;
      }
      if (!failing) {
        failing = true;
        log.accept("old records stay for now: " + failure.getMessage());
      }
      return false;
    }
  }

  private boolean remove() {
    Instant when = clock.instant();
    Removal removal =
        isSteady(when) ? remover.removeOlder(retention.before(when)) : Removal.NOTHING;
    gone = gone.then(removal);
    return removal.more() || makeRoom();
  }

  /** A clock that has jumped may be wrong: for a day by it somebody may set it right. */
  private boolean isSteady(Instant when) {
    long now = System.nanoTime();
    Duration jump = Duration.between(lookedWhen, when).minusNanos(now - lookedAt);
    lookedWhen = when;
    lookedAt = now;
    if (jump.abs().compareTo(JUMP) > 0) {
      steadyFrom = when.plus(JUMP);
      log.accept("the clock jumped to " + when + ": for a day no record is taken out for its age");
    }
    return !when.isBefore(steadyFrom);
  }

  private boolean makeRoom() {
    if (retention.maxBytes() == 0) {
      return false;
    }
    long most = retention.maxBytes();
    long enough = most - most / MARGIN;
    making = reader.bytes() > (making ? enough : most);
    Removal removal = making ? remover.removeOldest(now(), enough) : Removal.NOTHING;
    gone = gone.then(removal);
    tellWhetherFull(making && !removal.more());
    return removal.more();
  }

  private void tellWhetherFull(boolean ended) {
    long bytes = ended ? reader.bytes() : 0;
    boolean beyond = bytes > retention.maxBytes();
    if (beyond && !full) {
      log.accept(
          "the store takes "
              + (bytes >> 20)
              + " MiB, more than retention.max-bytes, and has nothing more that may go");
    }
    full = beyond;
  }

  private long now() {
    return TimeUnit.MILLISECONDS.toNanos(clock.millis());
  }

  private void tell() {
    if (gone.count() > 0) {
      log.accept("took out " + gone.count() + " records that were too old, or too many");
      gone = Removal.NOTHING;
    }
  }
}
