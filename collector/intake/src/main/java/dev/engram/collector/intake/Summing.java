package dev.engram.collector.intake;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import dev.engram.collector.store.StoreWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets the store sum up rows. Answers are the same without sums, and records must not wait for
 * them: after a failure, as of a full disk or a damaged row, it pauses and tries again, and says
 * when that began and when nothing is missing any more. Confined to the thread that writes.
 */
final class Summing {
  /** From the first failure to the next try. */
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /**
   * So many first pauses is the longest: a try ends the store's session, with what it was doing bit
   * by bit beside the records.
   */
  private static final int LONGEST_PAUSE = 64;

  private final StoreWriter writer;
  private final Consumer<String> log;
  private final long firstPauseNanos;
  private long pauseNanos;
  private long nextTry = System.nanoTime();

  /** Since it was said until nothing is missing: in between, some blocks may succeed. */
  private boolean failing;

  Summing(StoreWriter writer, Consumer<String> log) {
    this(writer, log, PAUSE_NANOS);
  }

  /**
   * One with another pause.
   *
   * @param pauseNanos from the first failure to the next try; doubles with each further one
   */
  Summing(StoreWriter writer, Consumer<String> log, long pauseNanos) {
    this.writer = writer;
    this.log = log;
    this.firstPauseNanos = pauseNanos;
    this.pauseNanos = pauseNanos;
  }

  /** Sums some rows up; whether there are more to be summed up now. */
  boolean step() {
    if (System.nanoTime() - nextTry < 0) {
      return false;
    }
    try {
      boolean more = writer.sumUp();
      if (failing && !more) {
        failing = false;
        pauseNanos = firstPauseNanos;
        log.accept("the store has summed up all rows again");
      }
      return more;
    } catch (StoreException failure) {
      note(failure);
      return false;
    }
  }

  /** Another process that writes to the store comes to its end. */
  private void note(StoreException failure) {
    if (failure.kind() == Kind.OVERLOADED) {
      return;
    }
    nextTry = System.nanoTime() + pauseNanos;
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE * firstPauseNanos);
    if (!failing) {
      failing = true;
      log.accept(
          "the store cannot sum up rows and will try again; questions over many rows take"
              + " longer, everything else goes on: "
              + failure.getMessage());
    }
  }
}
