package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.AttributeKey;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The count of one execution's first result as far as it is known, and the span that waits for it.
 * Confined to whoever uses the statement, as JDBC has it; the count alone may be read by others,
 * who then see one that was true a moment ago.
 */
final class FirstResult implements LongSupplier {
  /** Null once it is ended: the statement may live on. */
  private @Nullable OpenSpan span;

  private final AttributeKey key;
  private long count = -1;
  private boolean rowsTaken;

  /** A driver's {@code next()} may call itself by way of its super class. */
  private boolean inNext;

  FirstResult(OpenSpan span, AttributeKey key) {
    this.span = span;
    this.key = key;
  }

  /** Negative when not known. */
  @Override
  public long getAsLong() {
    return count;
  }

  boolean isUpdate() {
    return key == AttributeKey.ENGRAM_DB_UPDATE_COUNT;
  }

  /** Whether these are the first rows asked for: those that come later are another result's. */
  boolean takeRows() {
    boolean first = !isUpdate() && !rowsTaken;
    rowsTaken = true;
    return first;
  }

  /** False when it is in {@code next()} already. */
  boolean enterNext() {
    boolean outermost = !inNext;
    inNext = true;
    return outermost;
  }

  /** Whether the rows are exhausted. */
  boolean exitNext(boolean advanced, @Nullable Throwable thrown) {
    inNext = false;
    if (thrown == null) {
      count = Math.max(count, 0) + (advanced ? 1 : 0);
    }
    return thrown == null && !advanced;
  }

  void endWith(long known) {
    count = known;
    end();
  }

  void end() {
    OpenSpan waiting = span;
    span = null;
    if (waiting != null) {
      waiting.end();
    }
  }
}
