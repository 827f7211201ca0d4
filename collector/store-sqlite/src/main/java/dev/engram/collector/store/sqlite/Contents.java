package dev.engram.collector.store.sqlite;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** Keeps equal bytes once. Confined to the writer. */
final class Contents {
  private static final int HASH_LENGTH = 16;

  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final MessageDigest digest = sha256();

  Contents(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            "INSERT INTO content (hash, bytes) VALUES (?, ?)"
                + " ON CONFLICT (hash) DO NOTHING RETURNING id");
    select = connection.prepareStatement("SELECT id FROM content WHERE hash = ?");
  }

  /** The id of these bytes, which are added when they are new, as most bodies are. */
  long id(byte[] bytes) throws SQLException {
    byte[] hash = Arrays.copyOf(digest.digest(bytes), HASH_LENGTH);
    insert.setBytes(1, hash);
    insert.setBytes(2, bytes);
    try (ResultSet row = insert.executeQuery()) {
      if (row.next()) {
        return row.getLong(1);
      }
    }
    select.setBytes(1, hash);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
