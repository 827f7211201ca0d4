package dev.engram.collector.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import dev.engram.collector.store.SearchHits;
import dev.engram.collector.store.SearchIn;
import dev.engram.collector.store.SearchQuery;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.testkit.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectSearchTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));

  @TempDir private Path folder;

  @Test
  void plainSpans_leaveNothingInTheIndex() throws SQLException {
    try (Store store = open()) {
      store.writer().putInstance(new Instance(INSTANCE, "shop", "1.0", 1, 0, Map.of()));
      Checkpoint end = new Checkpoint(1, 1, 0);
      store
          .writer()
          .write(new Batch(INSTANCE, List.of(Rows.span(INSTANCE, 1)), end, 1, 0, 0, Map.of()));
      assertThat(number("SELECT count(*) FROM engram.search")).isZero();

      write(store, failed(2, "needle"));
      assertThat(number("SELECT count(*) FROM engram.search")).isEqualTo(1);
    }
  }

  @Test
  void rowsThatAreDeleted_takeTheirWordsAlong() throws SQLException {
    try (Store store = open()) {
      put(store, failed(1, "needle"), failed(2, "needle"));
    }
    try (Connection connection = Databases.connect(folder);
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM engram.exception WHERE position = 1");
    }
    assertThat(number("SELECT count(*) FROM engram.search")).isEqualTo(1);
  }

  @Test
  void whatWasStoredByAnEarlierVersion_isNotFound_andTheAnswerSaysSo() throws SQLException {
    try (Store store = open()) {
      put(store, failed(1, "needle"));
    }
    asVersionOne();

    try (Store store = open()) {
      write(store, failed(2, "needle"));
      SearchHits hits = store.reader().search(filter("needle", 0));

      assertThat(hits.hits()).extracting(SearchHit::timeEpochNanos).containsExactly(2_000L);
      assertThat(hits.searchedSinceEpochNanos()).isGreaterThan(1_700_000_000_000_000_000L);
    }
  }

  @Test
  void rowsThatHaveTheWordsAlone_areLookedAt_untilItWouldTakeTooLong() throws SQLException {
    try (Store store = open()) {
      put(
          store,
          failed(1, "hay needle"),
          failed(2, "needle hay"),
          failed(3, "needle hay"),
          failed(4, "hay needle"));
    }
    try (Connection connection = Databases.connect(folder)) {
      connection.setSchema(Schema.NAME);
      SearchFilter filter = filter("\"hay needle\"", 0);

      SearchHits all = SelectSearch.by(filter, connection, SelectSearch.MOST_CHARACTERS);
      assertThat(all.hits()).extracting(SearchHit::timeEpochNanos).containsExactly(4_000L, 1_000L);
      assertThat(all.searchedSinceEpochNanos()).isZero();

      SearchHits some = SelectSearch.by(filter, connection, 2_000);
      assertThat(some.hits()).extracting(SearchHit::timeEpochNanos).containsExactly(4_000L);
      assertThat(some.searchedSinceEpochNanos()).isEqualTo(3_000L);

      SearchHits first = SelectSearch.by(filter("\"hay needle\"", 1), connection, 1);
      assertThat(first.hits()).extracting(SearchHit::timeEpochNanos).containsExactly(4_000L);
      assertThat(first.searchedSinceEpochNanos()).isZero();
    }
  }

  /** The tables as version 1 left them. */
  private void asVersionOne() throws SQLException {
    try (Connection connection = Databases.connect(folder);
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = engram");
      statement.execute("DROP FUNCTION search_without CASCADE");
      statement.execute(
          "DROP TABLE search, search_begin, knowledge, gone_exception, removed, request_rollup");
      statement.execute(
          "DROP INDEX span_by_body, span_payload_by_content, payload_part_by_content,"
              + " stack_by_content, payload_part_by_time, remedy_attempt_by_time");
      statement.execute("UPDATE engram_schema SET version = 1");
    }
  }

  private Store open() {
    return PostgresStore.open(Databases.of(folder), Clock.systemUTC());
  }

  private long number(String query) throws SQLException {
    try (Connection connection = Databases.connect(folder);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void put(Store store, ExceptionRow... rows) {
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1.0", 1, 0, Map.of()));
    write(store, rows);
  }

  private static void write(Store store, ExceptionRow... rows) {
    long last = rows[rows.length - 1].position();
    Checkpoint end = new Checkpoint(last, last, 0);
    store.writer().write(new Batch(INSTANCE, List.of(rows), end, rows.length, 0, 0, Map.of()));
  }

  /** At the microsecond of its position. */
  private static ExceptionRow failed(long position, String type) {
    return Rows.exception(INSTANCE, position, 1, 2, Rows.thrown(type, 0));
  }

  private static SearchFilter filter(String text, int limit) {
    return new SearchFilter(
        SearchQuery.of(text), Set.of(SearchIn.ERRORS), 0, 0, null, limit, Condition.ANY);
  }
}
