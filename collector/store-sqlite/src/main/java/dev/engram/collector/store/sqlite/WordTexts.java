package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The readers' side of the dictionary: a committed word never changes. Confined to one connection.
 */
final class WordTexts {
  private static final int CACHED_WORDS = 10_000;
  private static final int CACHED_LENGTH = 1_000;

  private final PreparedStatement select;
  private final Map<Long, String> texts = new HashMap<>();

  WordTexts(Connection connection) throws SQLException {
    select = connection.prepareStatement("SELECT text FROM word WHERE id = ?");
  }

  String text(long id) throws SQLException {
    String cached = texts.get(id);
    return cached != null ? cached : remember(id, load(id));
  }

  /** What was read before may have been taken out since. */
  void forget() {
    texts.clear();
  }

  private String load(long id) throws SQLException {
    select.setLong(1, id);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw Failures.damage("word " + id + " is missing");
      }
      return SqliteText.read(row, 1);
    }
  }

  private String remember(long id, String text) {
    if (texts.size() < CACHED_WORDS && text.length() <= CACHED_LENGTH) {
      texts.put(id, text);
    }
    return text;
  }
}
