package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.ThrownStack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Keeps the frames an instance sends, for the exceptions that refer to them by hash. */
final class InsertStack {
  private final Encoding encoding;
  private final PreparedStatement insert;

  InsertStack(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    insert =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO stack (instance, hash, content) VALUES (?, ?, ?)");
  }

  /** The stack's own frames and those of its causes and suppressed ones. */
  void add(long instance, ThrownStack stack) throws SQLException {
    if (stack.stackHash() != 0 && !stack.frames().isEmpty()) {
      insert.setLong(1, instance);
      insert.setLong(2, stack.stackHash());
      insert.setLong(3, encoding.contents.id(encoding.strings(stack.frames())));
      insert.executeUpdate();
    }
    ThrownStack cause = stack.cause();
    if (cause != null) {
      add(instance, cause);
    }
    for (ThrownStack suppressed : stack.suppressed()) {
      add(instance, suppressed);
    }
  }
}
