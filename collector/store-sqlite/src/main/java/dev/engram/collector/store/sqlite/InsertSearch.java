package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.SearchWords;
import dev.engram.collector.store.SearchedText;
import dev.engram.collector.store.SpanRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Indexes the words of exceptions and of what models and workflows said; they are there after
 * {@link #flush()}. Bodies of requests are too many for that: they are read when somebody asks.
 */
final class InsertSearch {
  private final PreparedStatement insert;

  InsertSearch(Connection connection) throws SQLException {
    insert = connection.prepareStatement("INSERT INTO search (rowid, words) VALUES (?, ?)");
  }

  void add(long arrival, ExceptionRow exception) throws SQLException {
    add(arrival, SearchedText.of(exception));
  }

  void add(long arrival, SpanRow span) throws SQLException {
    add(arrival, SearchedText.toIndex(span));
  }

  void flush() throws SQLException {
    insert.executeBatch();
  }

  private void add(long arrival, String text) throws SQLException {
    String words = SearchWords.joined(text);
    if (!words.isEmpty()) {
      insert.setLong(1, arrival);
      insert.setString(2, words);
      insert.addBatch();
    }
  }
}
