package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.ExceptionOrigin;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which text a statement was prepared with, because executing it no longer says. The
 * texts hang on the statements by identity and go with them.
 */
final class PrepareCapture {
  private static final Attachments<SqlText> TEXTS = new Attachments<>();

  private PrepareCapture() {}

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
      TEXTS.put(statement, SqlText.of(sql, ConnectionState.of(owner).database().quotedStrings()));
    }
  }

  /** Null when the statement was prepared out of sight. */
  static @Nullable SqlText textOf(Object statement) {
    return TEXTS.get(statement);
  }

  /** The first statement of a batch stands for all. */
  static void batched(Object statement, SqlText text) {
    if (TEXTS.get(statement) == null) {
      TEXTS.put(statement, text);
    }
  }

  static void forget(Object statement) {
    TEXTS.remove(statement);
  }
}
