package dev.engram.collector.intake;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the store sum up rows. Answers are the same without sums, and records must not wait for
 * them: after a failure, as of a full disk or a damaged row, it pauses and tries again, and says
 * when that began and when nothing is missing any more. Confined to the thread that writes.
 */
final class Summing {
  /** From the first failure to the next try. */
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /**
   * Each pause is twice as long as the one before, up to this one: a failure ends the store's
   * session, with what it was doing bit by bit beside the records.
   */
  private static final long LONGEST_PAUSE_NANOS = 64 * PAUSE_NANOS;

  private final StoreWriter writer;
  private final Consumer<String> log;
  private final LongSupplier nanoTime;
  private long pauseNanos = PAUSE_NANOS;
  private long nextTry;

  /** Since it was said until nothing is missing: in between, some blocks may succeed. */
  private boolean failing;

  Summing(StoreWriter writer, Consumer<String> log) {
    this(writer, log, System::nanoTime);
  }

  /** One with another clock. */
  Summing(StoreWriter writer, Consumer<String> log, LongSupplier nanoTime) {
    this.writer = writer;
    this.log = log;
    this.nanoTime = nanoTime;
    nextTry = nanoTime.getAsLong();
  }

  /** Sums some rows up; whether there are more to be summed up now. */
  boolean step() {
    if (nanoTime.getAsLong() - nextTry < 0) {
      return false;
    }
    try {
      boolean more = writer.sumUp();
      if (failing && !more) {
        failing = false;
        pauseNanos = PAUSE_NANOS;
        log.accept("the store has summed up all rows again");
      }
      return more;
    } catch (StoreException failure) {
      note(failure);
    } catch (RuntimeException | OutOfMemoryError failure) {
      pause(2 * pauseNanos, failure.toString());
    }
    return false;
  }

  private void note(StoreException failure) {
    switch (failure.kind()) {
      // Another process that writes to the store comes to its end.
      case OVERLOADED -> {}
      // Only what is damaged is not summed up, and what came since must not wait long.
      case CORRUPT -> pause(PAUSE_NANOS, failure.getMessage());
      default -> pause(2 * pauseNanos, failure.getMessage());
    }
  }

  /**
   * Pauses, and says so once.
   *
   * @param nextPauseNanos after another failure
   */
  private void pause(long nextPauseNanos, @Nullable String why) {
    nextTry = nanoTime.getAsLong() + pauseNanos;
    pauseNanos = Math.min(nextPauseNanos, LONGEST_PAUSE_NANOS);
    if (!failing) {
      failing = true;
      log.accept(
          "the store cannot sum up rows and will try again; questions over many rows take"
              + " longer, everything else goes on: "
              + why);
    }
  }
}
