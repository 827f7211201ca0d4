package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.withPayloads;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import dev.engram.collector.store.StoredSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteBackupTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final SpanFilter ALL = new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);

  private Path file;
  private Path copy;

  @BeforeEach
  void chooseFiles(@TempDir Path folder) throws IOException {
    file = SqliteStore.fileIn(folder.resolve("home"));
    copy = Files.createDirectory(folder.resolve("backups")).resolve("memory.db");
  }

  @Test
  void backup_hasAllRows_whileTheStoreIsWritten_andIsItsOwnersAlone() throws IOException {
    try (SqliteStore store = filled()) {
      try (SqliteStore reading = SqliteStore.openReadOnly(file)) {
        reading.backup(copy);
      }
      write(store, span(INSTANCE, 9));

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
          .isEqualTo("rw-------");
      try (Stream<Path> files = Files.list(copy.getParent())) {
        assertThat(files).containsExactly(copy);
      }
      assertThat(store.reader().spans(ALL)).hasSize(3);
    }
    SqliteStore.restore(copy, file, "before");
    try (Store store = SqliteStore.open(file)) {
      assertThat(store.reader().spans(ALL))
          .extracting(it -> it.row().position())
          .containsExactly(3L, 1L);
      write(store, span(INSTANCE, 10));
      assertThat(store.reader().spans(ALL)).hasSize(3);
    }
  }

  @Test
  void backup_overwritesNothing() throws IOException {
    Files.writeString(copy, "something else");
    try (SqliteStore store = filled()) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.backup(copy))
          .withMessageContaining("is there already");
    }
    assertThat(copy).hasContent("something else");
  }

  @Test
  void backup_whereNothingCanBeWritten_saysSo_andLeavesNothing() {
    try (SqliteStore store = filled()) {
      Path nowhere = copy.resolveSibling("missing").resolve("memory.db");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.backup(nowhere))
          .withMessageContaining("cannot write " + nowhere)
          .matches(failure -> failure.kind() == Kind.UNAVAILABLE);
    }
  }

  @Test
  void restore_keepsWhatWasThereBefore() {
    try (SqliteStore store = filled()) {
      store.backup(copy);
      write(store, span(INSTANCE, 9));
    }
    Path kept = SqliteStore.restore(copy, file, "before").orElseThrow();

    assertThat(kept).isEqualTo(file.resolveSibling("before"));
    try (Store before = SqliteStore.openReadOnly(kept.resolve("engram.db"));
        Store now = SqliteStore.openReadOnly(file)) {
      assertThat(before.reader().spans(ALL)).hasSize(3);
      assertThat(now.reader().spans(ALL)).extracting(StoredSpan::arrival).hasSize(2);
    }
  }

  @Test
  void restore_intoAnEmptyHome() throws IOException {
    try (SqliteStore store = filled()) {
      store.backup(copy);
    }
    Path other = SqliteStore.fileIn(copy.resolveSibling("other"));

    assertThat(SqliteStore.restore(copy, other, "before")).isEmpty();
    try (Store store = SqliteStore.openReadOnly(other)) {
      assertThat(store.reader().spans(ALL)).hasSize(2);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
        .isEqualTo("rw-------");
  }

  @Test
  void restore_ofWhatIsNoBackup_changesNothing() throws IOException, SQLException {
    filled().close();
    byte[] before = Files.readAllBytes(file);
    Files.writeString(copy, "no database at all, but quite long enough to be one".repeat(99));
    assertRefused(Kind.CORRUPT, "no database");
    Files.delete(copy);
    assertRefused(Kind.UNAVAILABLE, "is no file");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE songs (title TEXT)");
    }
    assertRefused(Kind.INCOMPATIBLE_SCHEMA, "another program");
    Files.delete(copy);
    Files.copy(file, copy);
    change("PRAGMA user_version = 99", copy);
    assertRefused(Kind.INCOMPATIBLE_SCHEMA, "newer Engram");

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(file.resolveSibling("before")).doesNotExist();
  }

  @Test
  void soundStore_hasNoProblems() {
    try (SqliteStore store = filled()) {
      assertThat(store.problems()).isEmpty();
    }
    try (SqliteStore absent = SqliteStore.openReadOnly(copy)) {
      assertThat(absent.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "UPDATE content SET bytes = x'00' | 1 bodies or stacks are not as they were stored",
        "DELETE FROM content | a row of",
        "DELETE FROM word WHERE text = 'SERVER' | a row of",
        "UPDATE instance SET position = 1 | 1 requests are beyond the position",
        "UPDATE sequence SET next_arrival = 2 | rows arrived after the next one",
        "INSERT INTO search (rowid, words) VALUES (99, 'x') | 1 words are of exceptions"
      })
  void damage_isNamed(String damage, String problem) throws SQLException {
    filled().close();
    change(damage, file);
    try (SqliteStore store = SqliteStore.openReadOnly(file)) {
      assertThat(String.join("\n", store.problems())).contains(problem);
    }
  }

  private void assertRefused(Kind kind, String why) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteStore.restore(copy, file, "before"))
        .withMessageContaining(copy.toString())
        .withMessageContaining(why)
        .matches(failure -> failure.kind() == kind);
  }

  private static void change(String sql, Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Two requests, one with a body, and an exception. */
  private SqliteStore filled() {
    SqliteStore store = SqliteStore.open(file);
    store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
    PayloadReference body =
        new PayloadReference("body", "text/plain", 6, false, 0, "a body".getBytes(UTF_8));
    write(
        store,
        withPayloads(span(INSTANCE, 1), body),
        exception(INSTANCE, 2, 1, 7),
        span(INSTANCE, 3));
    store.writer().sync();
    return store;
  }

  private static void write(Store store, Row... rows) {
    long last = rows[rows.length - 1].position();
    Checkpoint end = new Checkpoint(last, last, 0);
    store.writer().write(new Batch(INSTANCE, List.of(rows), end, rows.length, 0, 0, Map.of()));
  }
}
