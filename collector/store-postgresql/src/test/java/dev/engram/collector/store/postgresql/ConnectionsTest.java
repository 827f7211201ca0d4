package dev.engram.collector.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.collector.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
  @TempDir private Path folder;

  /** As one that has vanished, whose end nobody tells. */
  @Test
  void serverThatSaysNothing_isGivenUp() {
    PostgresAddress address = Databases.of(folder);
    try (Connections impatient = new Connections(address, false, 1, Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> ask(impatient, "SELECT pg_sleep(30)::text"))
          .isInstanceOfSatisfying(
              StoreException.class, failure -> assertThat(failure.isRetryable()).isTrue());
      assertThat(ask(impatient, "SELECT 1::text")).isEqualTo("1");
    }
  }

  @Test
  void batchesWaitForAMinute_andWhatMayTakeLongForEver() {
    try (Connections connections = Connections.toWrite(Databases.of(folder))) {
      assertThat((int) connections.inTransaction(Connection::getNetworkTimeout)).isEqualTo(60_000);
      int unhurried =
          connections.inTransaction(
              connection -> {
                Connections.unhurried(connection);
                return connection.getNetworkTimeout();
              });
      assertThat(unhurried).isZero();
      assertThat((int) connections.inTransaction(Connection::getNetworkTimeout)).isEqualTo(60_000);
    }
  }

  @Test
  void firstTransactionThatFails_leavesTheConnectionAsItShouldBe() {
    try (Connections connections = Connections.toWrite(Databases.of(folder))) {
      assertThatThrownBy(() -> ask(connections, "SELECT 1 / 0")).isInstanceOf(StoreException.class);
      assertThat(ask(connections, "SHOW search_path")).contains("engram");
      assertThat(ask(connections, "SHOW lock_timeout")).isEqualTo("20s");
    }
  }

  /** Files of a queue go when their rows are committed. */
  @Test
  void commits_areDurable_howeverTheDatabaseIsSetUp() throws SQLException {
    for (List<String> each :
        List.of(List.of("off", "on"), List.of("local", "local"), List.of("on", "on"))) {
      execute(
          "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() ||"
              + " ' SET synchronous_commit = "
              + each.get(0)
              + "'; END $$");
      try (Connections connections = Connections.toWrite(Databases.of(folder))) {
        assertThat(ask(connections, "SHOW synchronous_commit")).isEqualTo(each.get(1));
      }
    }
  }

  private static String ask(Connections connections, String question) {
    return connections.inTransaction(
        connection ->
            Statements.select(connection, question, List.of(), row -> row.getString(1)).get(0));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = Databases.connect(folder);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
