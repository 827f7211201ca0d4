package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The writer's side of the dictionary. What it remembers is only true while the transaction is not
 * rolled back: then a new one is needed. Confined to the writer.
 */
final class Words {
  static final long NONE = -1;
  private static final int CACHED_WORDS = 20_000;
  private static final int CACHED_LENGTH = 1_000;
  private static final int VALUE_LENGTH = 100;

  /** A key whose values turn out to be as many as this has no common ones: they stay inline. */
  private static final int VALUES_PER_KEY = 1_000;

  private static final int COUNTED_KEYS = 2_000;

  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final Map<String, Integer> newValuesByKey = new HashMap<>();
  private final Map<String, Long> ids =
      new LinkedHashMap<>(1_000, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > CACHED_WORDS;
        }
      };

  Words(Connection connection) throws SQLException {
    select = connection.prepareStatement("SELECT id FROM word WHERE text = ?");
    insert = connection.prepareStatement("INSERT INTO word (text) VALUES (?) RETURNING id");
  }

  /** The id of this text, which is added when it is new. */
  long id(String text) throws SQLException {
    long id = find(text);
    return id == NONE ? add(text) : id;
  }

  /** The id of an attribute's value, or {@link #NONE} when it should be written out. */
  long idOfValue(String key, String value) throws SQLException {
    if (value.length() > VALUE_LENGTH) {
      return NONE;
    }
    int known = newValuesByKey.getOrDefault(key, 0);
    if (known >= VALUES_PER_KEY) {
      return NONE;
    }
    long id = find(value);
    if (id != NONE || (known == 0 && newValuesByKey.size() >= COUNTED_KEYS)) {
      return id;
    }
    newValuesByKey.put(key, known + 1);
    return add(value);
  }

  /** Nothing is known any more: others may have taken words out. */
  void forget() {
    ids.clear();
  }

  private long find(String text) throws SQLException {
    Long cached = ids.get(text);
    return cached != null ? cached : remember(text, one(select, text));
  }

  private long add(String text) throws SQLException {
    return remember(text, one(insert, text));
  }

  private long remember(String text, long id) {
    if (id != NONE && text.length() <= CACHED_LENGTH) {
      ids.put(text, id);
    }
    return id;
  }

  private static long one(PreparedStatement statement, String text) throws SQLException {
    SqliteText.bind(statement, 1, text);
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : NONE;
    }
  }
}
