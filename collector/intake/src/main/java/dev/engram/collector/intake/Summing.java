package dev.engram.collector.intake;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import dev.engram.collector.store.StoreWriter;
import java.util.function.Consumer;

/**
 * Lets the store sum up rows until that fails. Answers are the same without sums, and records must
 * not wait for them: what is wrong with old rows ends summing up and nothing else. Confined to the
 * thread that writes.
 */
final class Summing {
  private final StoreWriter writer;
  private final Consumer<String> log;
  private boolean failed;

  Summing(StoreWriter writer, Consumer<String> log) {
    this.writer = writer;
    this.log = log;
  }

  /** Sums some rows up; whether there are more. */
  boolean step() {
    if (failed) {
      return false;
    }
    try {
      return writer.sumUp();
    } catch (StoreException failure) {
      note(failure);
      return false;
    }
  }

  /** Another process that writes to the store comes to its end. */
  private void note(StoreException failure) {
    if (failure.kind() != Kind.OVERLOADED) {
      failed = true;
      log.accept(
          "the store sums up no more rows until the collector starts again; questions over many"
              + " rows take longer, everything else goes on: "
              + failure.getMessage());
    }
  }
}
