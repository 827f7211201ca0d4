package dev.engram.collector.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.testkit.Rows;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the database is asked for the requests that a condition asks for. */
class RowsThatMeetTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 1));
  private static final Condition REQUEST =
      new Condition.OfRequest(Condition.equal("http.route", "/cart"));

  @TempDir private Path folder;
  private int asked;

  @BeforeEach
  void writeARequestWithThreeExceptions() {
    try (Store store = PostgresStore.open(Databases.of(folder), Clock.systemUTC())) {
      store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 1, 0, Map.of()));
      List<Row> rows =
          List.of(
              Rows.span(INSTANCE, 1),
              Rows.exception(INSTANCE, 2, 1, 7),
              Rows.exception(INSTANCE, 3, 1, 7),
              Rows.exception(INSTANCE, 4, 1, 8));
      Checkpoint end = new Checkpoint(5, 5, 0);
      store.writer().write(new Batch(INSTANCE, rows, end, rows.size(), 0, 0, Map.of()));
    }
  }

  @Test
  void rowsOfOneTrace_askForItsRequestsOnce() throws SQLException {
    assertThat(exceptions(0, null)).isEqualTo(3);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void exceptionsOfAnotherGroupOrTrace_areNotLookedAt() throws SQLException {
    assertThat(exceptions(9, null)).isZero();
    assertThat(exceptions(0, new TraceId(1, 1))).isZero();
    assertThat(asked).isZero();
    assertThat(exceptions(7, Rows.TRACE)).isEqualTo(2);
  }

  private int exceptions(long fingerprint, TraceId trace) throws SQLException {
    ExceptionFilter filter = new ExceptionFilter(0, 0, null, fingerprint, trace, 0, REQUEST);
    try (Connection connection = Databases.connect(folder)) {
      connection.setSchema(Schema.NAME);
      return SelectExceptions.latest(filter, counted(connection)).size();
    }
  }

  /** The same connection; what asks for requests is counted. */
  private Connection counted(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              boolean statement = method.getName().equals("prepareStatement");
              asked += statement && arguments[0].toString().contains("s.kind = 'SERVER'") ? 1 : 0;
              return method.invoke(connection, arguments);
            });
  }
}
