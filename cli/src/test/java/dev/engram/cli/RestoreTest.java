package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code engram restore} puts back every row that {@code engram backup} took. */
class RestoreTest {
  @TempDir private Path home;
  @TempDir private Path otherHome;
  @TempDir private Path files;

  @Test
  void everyRow_isAsItWas() throws SQLException {
    List<Row> rows = new ArrayList<>(SampleMemory.repeated(7));
    rows.addAll(SampleMemory.constructed());
    SampleMemory.in(home, rows);
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      SampleAi.write(store.writer());
    }
    String copy = files.resolve("memory.db").toString();

    assertThat(run(home, "backup", copy)).isZero();
    assertThat(run(otherHome, "restore", copy)).isZero();

    Map<String, List<String>> restored = rows(otherHome);
    assertThat(restored).containsKeys("span", "exception");
    rows(home).forEach((table, were) -> assertThat(restored.get(table)).as(table).isEqualTo(were));
  }

  /** Of every table, each row as text. */
  private static Map<String, List<String>> rows(Path home) throws SQLException {
    Map<String, List<String>> all = new TreeMap<>();
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + SqliteStore.fileIn(home));
        Statement statement = database.createStatement()) {
      String tables = "select name from sqlite_master where type = 'table'";
      for (String table : column(statement, tables)) {
        all.put(table, column(statement, "select * from \"" + table + '"'));
      }
    }
    return all;
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          Object value = result.getObject(i);
          row.append(i == 1 ? "" : "|");
          row.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static int run(Path home, String... arguments) {
    return RunCommands.in(home, CapturedTerminal.piped(), SampleMemory.CLOCK, arguments);
  }
}
