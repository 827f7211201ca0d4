package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import dev.engram.collector.store.SearchHits;
import dev.engram.collector.store.SearchIn;
import dev.engram.collector.store.SearchQuery;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.testkit.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchIndexTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final Set<SearchIn> EVERYWHERE = EnumSet.allOf(SearchIn.class);

  @TempDir private Path folder;

  @Test
  void spansWithoutWords_andBodies_leaveNothingInTheIndex() throws SQLException {
    try (Store store = openIn(folder)) {
      put(store, Rows.span(INSTANCE, 1), said(2, "http", "needle"), said(3, "ai", " - "));
      assertThat(number("SELECT count(*) FROM search_docsize")).isZero();

      write(store, said(4, "ai", "needle"), Rows.exception(INSTANCE, 5, 1, 2));
      assertThat(number("SELECT count(*) FROM search_docsize")).isEqualTo(2);
    }
  }

  @Test
  void texts_areNotInTheIndex() throws SQLException {
    try (Store store = openIn(folder)) {
      put(store, said(1, "ai", "needle"));
    }
    assertThat(number("SELECT count(*) FROM sqlite_schema WHERE name = 'search_content'")).isZero();
  }

  @Test
  void betterHits_areFirst() {
    try (Store store = openIn(folder)) {
      put(
          store,
          said(1, "ai", "a needle " + "and much hay ".repeat(50)),
          said(2, "ai", "needle needle needle"),
          said(3, "ai", "hay"));

      assertThat(search(store, "needle").hits())
          .extracting(SearchHit::timeEpochNanos)
          .containsExactly(2_000L, 1_000L);
    }
  }

  @Test
  void rowsThatAreDeleted_takeTheirWordsAlong() throws SQLException {
    try (Store store = openIn(folder)) {
      put(store, said(1, "ai", "needle"), failed(2), said(3, "ai", "needle"));
    }
    try (Connection connection = file().openForWriting();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM span WHERE position = 1");
      statement.executeUpdate("DELETE FROM exception");
    }

    try (Store store = openIn(folder)) {
      assertThat(search(store, "needle").hits()).hasSize(1);
    }
    assertThat(number("SELECT count(*) FROM search WHERE search MATCH 'needle'")).isEqualTo(1);
  }

  @Test
  void whatWasStoredByAnEarlierVersion_isNotFound_andTheAnswerSaysSo() throws IOException {
    Path path = SqliteStore.fileIn(folder);
    Files.createDirectories(path.getParent());
    try (InputStream old = SearchIndexTest.class.getResourceAsStream("archive/0006.db.gz")) {
      Files.copy(new GZIPInputStream(old), path);
    }
    try (Store store = openIn(folder)) {
      put(store, failed(100));
      SearchHits hits = search(store, "needle");

      assertThat(hits.hits()).hasSize(1);
      assertThat(hits.searchedSinceEpochNanos()).isGreaterThan(1_700_000_000_000_000_000L);
    }
  }

  @Test
  void bodies_areReadNewestFirst_untilItWouldTakeTooLong() throws SQLException {
    try (Store store = openIn(folder);
        ReadConnection connection = connection(store)) {
      put(
          store,
          said(1, "http", "needle"),
          said(2, "http", "hay ".repeat(10)),
          said(3, "http", "needle"));
      SearchFilter filter = filter("needle", 0);
      List<SearchHit> hits = new ArrayList<>();

      assertThat(SelectBodies.add(filter, hits, connection, 2_000)).isEqualTo(2_000);
      assertThat(hits).extracting(SearchHit::timeEpochNanos).containsExactly(3_000L);
      hits.clear();
      assertThat(SelectBodies.add(filter, hits, connection)).isZero();
      assertThat(hits).hasSize(2);
    }
  }

  private static Store openIn(Path folder) {
    return SqliteStore.open(SqliteStore.fileIn(folder));
  }

  private ReadConnection connection(Store store) throws SQLException {
    store.check();
    return new ReadConnection(file().openForReading());
  }

  private DatabaseFile file() {
    return new DatabaseFile(SqliteStore.fileIn(folder));
  }

  private long number(String query) throws SQLException {
    try (Connection connection = file().openForReading();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getLong(1);
    }
  }

  private static void put(Store store, Row... rows) {
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1.0", 1, 0, Map.of()));
    write(store, rows);
  }

  private static void write(Store store, Row... rows) {
    long last = rows[rows.length - 1].position();
    Checkpoint end = new Checkpoint(last, last, 0);
    store.writer().write(new Batch(INSTANCE, List.of(rows), end, rows.length, 0, 0, Map.of()));
  }

  private static SearchHits search(Store store, String text) {
    return store.reader().search(filter(text, 0));
  }

  private static SearchFilter filter(String text, int limit) {
    return new SearchFilter(SearchQuery.of(text), EVERYWHERE, 0, 0, null, limit, Condition.ANY);
  }

  private static Row failed(long position) {
    ThrownStack thrown = new ThrownStack("a.B", "needle", 0, List.of(), 0, null, List.of());
    return Rows.exception(INSTANCE, position, 1, 2, thrown);
  }

  private static SpanRow said(long position, String category, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    SpanRow row =
        Rows.withPayloads(
            Rows.span(INSTANCE, position),
            new PayloadReference("text", null, bytes.length, false, 0, bytes));
    return new SpanRow(
        INSTANCE,
        position,
        row.traceId(),
        position,
        0,
        "SERVER",
        category,
        "name",
        row.startEpochNanos(),
        5,
        "ok",
        null,
        Map.of(),
        row.payloads(),
        false);
  }
}
