package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.EndedRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.testkit.Rows;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectSpansTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 1));
  private static final SpanFilter CALLS = new SpanFilter(1, 0, null, "CLIENT", "ai", null, 0, 0, 0);

  @Test
  void rareSpans_areFoundThroughAnIndex_inTheOrderAskedFor(@TempDir Path folder)
      throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      store.check();
      assertThat(plan(CALLS, folder)).contains("span_by_category").doesNotContain("TEMP B-TREE");
      SpanFilter statements = new SpanFilter(1, 0, null, "CLIENT", "sql", null, 0, 0, 0);
      assertThat(plan(statements, folder)).doesNotContain("span_by_category");
    }
  }

  @Test
  void slowSpans_areFoundThroughAnIndex_inTheOrderAskedFor(@TempDir Path folder)
      throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      store.check();
      assertThat(plan(slow(100_000_000), folder))
          .contains("span_by_kind")
          .doesNotContain("TEMP B-TREE");
      assertThat(plan(slow(99_999_999), folder)).doesNotContain("span_by_kind");
    }
  }

  private static SpanFilter slow(long minDurationNanos) {
    return new SpanFilter(1, 0, "shop", "SERVER", null, "ok", minDurationNanos, 0, 0);
  }

  @Test
  void spansOfARequest_leadToItThroughTheIndexOfTraces(@TempDir Path folder) throws SQLException {
    Condition ofCart = new Condition.OfRequest(Condition.equal("http.route", "/cart"));
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      store.check();
      assertThat(plan(CALLS.where(ofCart), folder))
          .contains("span_by_category", "SEARCH r USING INDEX span_by_trace");
    }
  }

  @Test
  void rareSpans_areFound_howeverTheyEnded(@TempDir Path folder) {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      store.writer().putInstance(new Instance(INSTANCE, "shop", "1.0", 1, 0, Map.of()));
      List<Row> rows =
          List.of(begun(1), begun(2), new EndedRow(3, 1, 2_000, 5, "ok"), Rows.span(INSTANCE, 4));
      Checkpoint end = new Checkpoint(4, 4, 0);
      store.writer().write(new Batch(INSTANCE, rows, end, 4, 0, 0, Map.of()));
      store.writer().closeInstance(INSTANCE, 9_000);

      List<String> found = new ArrayList<>();
      store
          .reader()
          .visit(CALLS, span -> found.add(span.row().spanId() + " " + span.row().status()));
      assertThat(found).containsExactly("1 ok", "2 interrupted");
    }
  }

  private static BegunRow begun(long id) {
    return new BegunRow(id, new TraceId(7, 7), id, 0, "CLIENT", "ai", "chat", 1_000 * id, Map.of());
  }

  private static String plan(SpanFilter filter, Path folder) throws SQLException {
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (ReadConnection connection = new ReadConnection(file.openForReading())) {
      Conditions conditions = SelectSpans.conditionsOfEnded(filter, connection);
      String query =
          "EXPLAIN QUERY PLAN "
              + SpanColumns.ENDED_ALONE
              + conditions.where()
              + " ORDER BY s.start, s.arrival";
      StringBuilder plan = new StringBuilder();
      try (PreparedStatement statement = connection.prepare(query, conditions.parametersAnd());
          ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          plan.append(row.getString(4)).append('\n');
        }
      }
      return plan.toString();
    }
  }
}
