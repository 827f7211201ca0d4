package dev.engram.collector.store.postgresql;

import static dev.engram.collector.store.testkit.Rows.inTrace;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.withPayloads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.TraceId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static final String WRITTEN =
      "SELECT c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
          + " WHERE l.pid = pg_backend_pid() AND l.mode = 'RowExclusiveLock' AND c.relkind = 'r'"
          + " AND c.relname ~ '_[0-9]{8}$'";

  @TempDir private Path folder;

  /** There may be half a year of days: the locks of all would be more than a server has. */
  @Test
  void rows_areTakenOutOfTheirDaysAlone() {
    for (int day = 0; day < 4; day++) {
      try (Store store = opened(day)) {
        store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 1, 0, Map.of()));
        write(store, 10 * day, day == 1 || day == 2 ? "bob" : "ann");
      }
    }
    try (Connections connections = Connections.toWrite(Databases.of(folder))) {
      Readiness ready = Readiness.making(connections, Databases.of(folder));
      connections.inTransaction(
          connection -> {
            Subject bob = new Subject.User(Set.of("bob"));
            Map<String, Long> gone = new Forget(bob, true, connection).all(new Turns(ready));

            assertThat(gone).isEqualTo(Map.of("spans", 2L));
            assertThat(Statements.select(connection, WRITTEN, List.of(), row -> row.getString(1)))
                .containsExactlyInAnyOrder(
                    "span_20260102",
                    "span_20260103",
                    "span_payload_20260102",
                    "span_payload_20260103",
                    "content_20260102",
                    "content_20260103");
            return gone;
          });
    }
  }

  private Store opened(int day) {
    Clock clock = Clock.fixed(NOON.plus(Duration.ofDays(day)), ZoneOffset.UTC);
    return PostgresStore.open(Databases.of(folder), clock);
  }

  private static void write(Store store, long first, String user) {
    TraceId trace = new TraceId(7, first + 1);
    byte[] body = {(byte) first};
    Row span =
        inTrace(
            trace,
            withPayloads(
                span(INSTANCE, first + 1, first + 1, false, 5, Map.of("user.id", user)),
                new PayloadReference("body", null, 1, false, 0, body)));
    Checkpoint end = new Checkpoint(first + 1, first + 1, 0);
    store.writer().write(new Batch(INSTANCE, List.of(span), end, 1, 0, 0, Map.of()));
  }
}
