package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.record.ExceptionOrigin;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which text a statement was prepared with, because executing it no longer says. The
 * texts hang on the statements by identity and go with them.
 */
final class PrepareCapture {
  private static final Attachments<Prepared> TEXTS = new Attachments<>();

  private PrepareCapture() {}

  /**
   * What a statement was prepared with.
   *
   * @param healing see {@link Healing#switchedOn}
   */
  private record Prepared(SqlText text, int healing) {
    Prepared(SqlText text) {
      this(text, Healing.switchedOn());
    }
  }

  static void prepared(
      Object connection,
      String sql,
      String method,
      @Nullable Object statement,
      @Nullable Throwable thrown) {
    if (thrown != null) {
      // Some drivers refuse a faulty statement here, some only when it is executed.
      Tracing.exception(
          thrown, ExceptionOrigin.ESCAPED, connection.getClass().getName() + "#" + method);
    } else if (statement != null && sql != null && connection instanceof Connection owner) {
      SqlText text = SqlText.of(sql, ConnectionState.of(owner).database().quotedStrings());
      TEXTS.put(statement, new Prepared(text));
    }
  }

  /** Null when the statement was prepared out of sight. */
  static @Nullable SqlText textOf(Object statement) {
    Prepared prepared = TEXTS.get(statement);
    return prepared == null ? null : prepared.text;
  }

  /**
   * Whether all that became of it since it was prepared was seen by healing.
   *
   * @param healing how often that was switched on
   */
  static boolean isWatched(Object statement, int healing) {
    Prepared prepared = TEXTS.get(statement);
    return prepared != null && prepared.healing == healing;
  }

  /** The first statement of a batch stands for all. */
  static void batched(Object statement, SqlText text) {
    if (TEXTS.get(statement) == null) {
      TEXTS.put(statement, new Prepared(text));
    }
  }

  static void forget(Object statement) {
    TEXTS.remove(statement);
  }
}
