package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.sqlite.ReadPool.Question;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A store in a folder, and its file, which is looked at and changed beside it. */
final class SummedStore implements AutoCloseable {
  static final int BLOCK = 1 << Arrivals.BLOCK_BITS;
  static final int KINDS = SumKind.values().length;
  static final int SUMMED_UP = SumKind.SUMMED_UP.size();
  static final InstanceId INSTANCE = new InstanceId(new UUID(7, 7));

  private final SqliteStore store;
  private final DatabaseFile file;

  SummedStore(Path folder) {
    Path path = SqliteStore.fileIn(folder);
    file = new DatabaseFile(path);
    store = SqliteStore.open(path);
  }

  StoreWriter writer() {
    return store.writer();
  }

  StoreReader reader() {
    return store.reader();
  }

  /** Writes these, which are of {@link #INSTANCE}, with the next arrivals. */
  void write(Row... rows) {
    writer().putInstance(new Instance(INSTANCE, "shop", "", 1, 0, Map.of()));
    long last = rows[rows.length - 1].position();
    Checkpoint end = new Checkpoint(last, last, 0);
    writer().write(new Batch(INSTANCE, List.of(rows), end, rows.length, 0, 0, Map.of()));
  }

  /** The next row is the first of this block. */
  void moveTo(long block) throws SQLException {
    change("UPDATE sequence SET next_arrival = " + block * BLOCK);
  }

  void backup(Path copy) {
    store.backup(copy);
  }

  void catchUp() {
    while (writer().sumUp()) {
      // Goes on until all is summed up.
    }
  }

  /** Takes out what is older, in steps. */
  void removeOlder(long epochNanos) {
    while (writer().removeOlder(Cutoff.of(epochNanos)).more()) {
      // Goes on until all are gone.
    }
  }

  void change(String sql) throws SQLException {
    try (Connection connection = file.openForWriting();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** The same, where values of a table may be missing meanwhile. */
  void changeWithoutConstraints(String table, String sql) throws SQLException {
    String of = " WHERE type = 'table' AND name = '" + table + "'";
    try (Connection connection = file.openForWriting();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA writable_schema = ON");
      statement.executeUpdate(
          "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '        ')" + of);
      statement.executeUpdate("PRAGMA writable_schema = RESET");
    }
    change(sql);
  }

  /** How many rows there are of blocks of this level. */
  long blocks(int level) throws SQLException {
    return number("SELECT count(*) FROM block_sum WHERE level = " + level);
  }

  long number(String query) throws SQLException {
    try (Connection connection = file.openForReading()) {
      return Schema.number(connection, query);
    }
  }

  <T> T ask(Question<T> question) throws SQLException {
    try (ReadConnection connection = new ReadConnection(file.openForReading())) {
      return question.ask(connection);
    }
  }

  /** What a question is answered from; empty where all rows of the time are to be read. */
  Optional<Sums> sums(SumKind kind, long since, long until) throws SQLException {
    return sums(kind, since, until, null);
  }

  /** The same of one service. */
  Optional<Sums> sums(SumKind kind, long since, long until, @Nullable String service)
      throws SQLException {
    return ask(
        connection ->
            SelectSums.of(
                kind, since, until, SelectInstances.services(service, connection), connection));
  }

  /** How many rows these are of. */
  long count(SumKind kind, long since, long until) throws SQLException {
    return sums(kind, since, until).orElseThrow().all().values().stream()
        .mapToLong(sum -> sum.count)
        .sum();
  }

  @Override
  public void close() {
    store.close();
  }
}
