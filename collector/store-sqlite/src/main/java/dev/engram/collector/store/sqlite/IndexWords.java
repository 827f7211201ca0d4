package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SearchWords;
import dev.engram.collector.store.SearchedText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Indexes the words of exceptions and of what models and workflows said, a few rows at a time and
 * later than the rows are stored: to index a text takes several times as long as to store it.
 * Bodies of requests are too many for that: they are read when somebody asks. Confined to the
 * writer.
 */
final class IndexWords {
  private static final String SPANS =
      SpanColumns.ENDED_WITH_PAYLOADS
          + " WHERE s.arrival >= ? AND s.arrival < ? AND +s.rare = 1 AND s.payloads > 0";

  /** A step looks at so many rows, of which few have a text. */
  private static final long ROWS = 16_000;

  /** So many are looked at together. */
  private static final long TOGETHER = 500;

  /** Words of so many characters take some ten milliseconds. */
  private static final int CHARACTERS = 128 << 10;

  private final ReadConnection reading;
  private final PreparedStatement position;
  private final PreparedStatement move;
  private final PreparedStatement insert;

  /** In the words that this step has indexed. */
  private long characters;

  IndexWords(Connection connection) throws SQLException {
    reading = new ReadConnection(connection);
    position = connection.prepareStatement("SELECT arrival FROM search_position");
    move = connection.prepareStatement("UPDATE search_position SET arrival = ?");
    insert = connection.prepareStatement("INSERT INTO search (rowid, words) VALUES (?, ?)");
  }

  /** The first arrival whose words are not in the index. */
  long position() throws SQLException {
    try (ResultSet row = position.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Indexes the next rows before {@code end}, within a transaction; whether there are more. */
  boolean step(long end) throws SQLException {
    long first = position();
    long last = Math.min(end, first + ROWS);
    reading.words.forget();
    characters = 0;
    long next = first;
    while (next < last && characters < CHARACTERS) {
      next = index(next, Math.min(last, next + TOGETHER));
    }
    move.setLong(1, next);
    move.executeUpdate();
    return next < end;
  }

  /** Returns the arrival it came to. */
  private long index(long from, long until) throws SQLException {
    for (Map.Entry<Long, String> text : texts(from, until).entrySet()) {
      String words = SearchWords.joined(text.getValue());
      if (!words.isEmpty()) {
        insert.setLong(1, text.getKey());
        insert.setString(2, words);
        insert.executeUpdate();
      }
      characters += words.length();
      if (characters >= CHARACTERS) {
        return text.getKey() + 1;
      }
    }
    return until;
  }

  /** By arrival, for the index takes them best in that order. */
  private SortedMap<Long, String> texts(long from, long until) throws SQLException {
    SortedMap<Long, String> texts = new TreeMap<>();
    SelectExceptions.visitArrived(
        from, until, reading, it -> texts.put(it.arrival(), SearchedText.of(it.row())));
    SpanColumns.visit(
        reading,
        SPANS,
        List.of(from, until),
        it -> texts.put(it.arrival(), SearchedText.of(it.row())));
    return texts;
  }
}
