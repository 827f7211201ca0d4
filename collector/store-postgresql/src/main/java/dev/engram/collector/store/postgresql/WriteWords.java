package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.SearchWords;
import dev.engram.collector.store.SearchedText;
import dev.engram.collector.store.SpanRow;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words of exceptions and of what models and workflows said. They are without their places,
 * which the engine would forget beyond the first few thousand: whoever searches looks at the text,
 * too. For one transaction.
 */
final class WriteWords {
  private final Tables tables;
  private final LocalDate day;

  WriteWords(Tables tables, LocalDate day) {
    this.tables = tables;
    this.day = day;
  }

  void add(long arrival, ExceptionRow exception) throws SQLException {
    add(arrival, SearchedText.of(exception));
  }

  void add(long arrival, SpanRow span) throws SQLException {
    add(arrival, SearchedText.toIndex(span));
  }

  private void add(long arrival, String text) throws SQLException {
    Set<String> words = new LinkedHashSet<>();
    SearchWords.visit(
        text,
        (word, start, end) -> {
          words.add(word);
          return true;
        });
    if (!words.isEmpty()) {
      tables.into(Tables.SEARCH).of(day).of(arrival).text(vector(words)).add();
    }
  }

  /** Quoted; words are letters and digits alone. */
  private static String vector(Set<String> words) {
    return words.stream().collect(Collectors.joining("' '", "'", "'"));
  }
}
