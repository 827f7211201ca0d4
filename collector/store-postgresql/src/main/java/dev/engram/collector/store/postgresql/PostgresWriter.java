package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The writing side. */
final class PostgresWriter implements StoreWriter {
  private static final String PUT =
      "INSERT INTO instance (uuid, service, version, started, ended, attributes)"
          + " VALUES (?, ?, ?, ?, ?, ?::jsonb) ON CONFLICT (uuid) DO UPDATE SET"
          + " service = excluded.service, version = excluded.version,"
          + " started = excluded.started, attributes = excluded.attributes,"
          + " ended = CASE excluded.ended WHEN 0 THEN instance.ended ELSE excluded.ended END";

  private static final String INTERRUPT =
      "INSERT INTO span (day, arrival, instance, position, trace_high, trace_low, span_id,"
          + " parent_span_id, kind, category, name, start, duration, status, begun, db_system,"
          + " statement, returned_rows, attributes, payloads)"
          + " SELECT ?, ? + row_number() OVER (ORDER BY arrival) - 1, instance, position,"
          + " trace_high, trace_low, span_id, parent_span_id, kind, category, name, start, -1,"
          + " 'interrupted', true, db_system, statement, returned_rows, attributes, 0"
          + " FROM begun WHERE instance = ?";

  private record Known(long key, Optional<Checkpoint> checkpoint) {}

  private final Connections connections;
  private final Readiness ready;
  private final Turns turns;
  private final PostgresRemover remover;
  private final Clock clock;
  private final Partitions partitions = new Partitions();

  PostgresWriter(Connections connections, Readiness ready, PostgresRemover remover, Clock clock) {
    this.connections = connections;
    this.ready = ready;
    turns = new Turns(ready);
    this.remover = remover;
    this.clock = clock;
  }

  @Override
  public void putInstance(Instance instance) {
    inTransaction(
        connection ->
            Statements.update(
                connection,
                PUT,
                instance.id().uuid(),
                PostgresText.of(instance.service()),
                PostgresText.of(instance.version()),
                instance.startedEpochNanos(),
                instance.endedEpochNanos(),
                PostgresJson.attributes(instance.attributes())));
  }

  @Override
  public Optional<Checkpoint> checkpoint(InstanceId instance) {
    return inTransaction(connection -> find(instance, connection).flatMap(Known::checkpoint));
  }

  /** What is refused is tried once more: the tables of the day may have gone, and are made anew. */
  @Override
  public WriteResult write(Batch batch) {
    try {
      return writeOnce(batch);
    } catch (RowsRefusedException refused) {
      return writeOnce(batch);
    }
  }

  private WriteResult writeOnce(Batch batch) {
    LocalDate day = today();
    WriteResult result =
        inTransaction(
            connection -> {
              try {
                return write(batch, day, connection);
              } catch (SQLException failure) {
                throw Failures.unlessOfRows(failure);
              }
            });
    partitions.committed();
    return result;
  }

  @Override
  public void putCounters(InstanceId instance, ProducerCounts counts, Period sinceLast) {
    inTransaction(
        connection -> {
          Books books = new Books(connection, known(instance, connection).key());
          books.replaceProducer(counts);
          books.noteLosses(sinceLast);
          return counts;
        });
  }

  @Override
  public long closeInstance(InstanceId id, long endedEpochNanos) {
    LocalDate day = today();
    long interrupted =
        inTransaction(
            connection -> {
              long instance = known(id, connection).key();
              partitions.require(day, connection);
              long pending = pendingSpans(instance, connection);
              long arrival = turns.arrivals(pending, connection);
              Statements.update(connection, INTERRUPT, day, arrival, instance);
              Statements.update(connection, "DELETE FROM begun WHERE instance = ?", instance);
              new Books(connection, instance).interrupt(pending);
              Statements.update(
                  connection,
                  "UPDATE instance SET ended = ? WHERE id = ? AND ended = 0",
                  endedEpochNanos,
                  instance);
              return pending;
            });
    partitions.committed();
    return interrupted;
  }

  /** Every commit is durable already, as the server is set up. */
  @Override
  public void sync() {
    inTransaction(connection -> 0);
  }

  @Override
  public Removal removeOlder(Cutoff before) {
    return remover.removeOlder(before);
  }

  @Override
  public Removal removeOldest(long nowEpochNanos, long mostBytes) {
    return remover.removeOldest(nowEpochNanos, mostBytes);
  }

  @Override
  public Removal forget(Subject subject, boolean really) {
    return remover.forget(subject, really);
  }

  @Override
  public void compact() {
    remover.compact();
  }

  private WriteResult write(Batch batch, LocalDate day, Connection connection) throws SQLException {
    Known instance = known(batch.instance(), connection);
    Checkpoint standing = instance.checkpoint().orElse(Checkpoint.START);
    if (!batch.checkpoint().isAheadOf(standing)) {
      return new WriteResult(0, 0, batch.rows().size(), 0, 0);
    }
    return write(batch, after(standing.position(), batch.rows()), day, instance, connection);
  }

  private WriteResult write(
      Batch batch, List<Row> fresh, LocalDate day, Known instance, Connection connection)
      throws SQLException {
    partitions.require(day, connection);
    Map<Long, BegunRow> pending =
        SelectBegun.of(instance.key(), Resolution.mayBePending(fresh), connection);
    Resolution resolution = new Resolution(batch.instance(), pending, fresh);
    forgetBegun(instance.key(), resolution.ended(), connection);
    long arrival = turns.arrivals(resolution.arrivals(), connection);
    try (WriteRows rows = new WriteRows(connection, day, instance.key(), arrival)) {
      rows.begun(resolution.begun());
      rows.stored(resolution.stored());
      rows.flush();
    }
    long replayed = batch.rows().size() - fresh.size();
    WriteResult result = resolution.result();
    new Books(connection, instance.key()).add(batch, result, replayed);
    return new WriteResult(
        result.stored(),
        result.joined(),
        result.duplicate() + replayed,
        result.rejected(),
        result.pending());
  }

  private static void forgetBegun(long instance, Set<Long> spanIds, Connection connection)
      throws SQLException {
    if (!spanIds.isEmpty()) {
      Statements.update(
          connection,
          "DELETE FROM begun WHERE instance = ? AND span_id = ANY (?)",
          instance,
          spanIds.toArray(Long[]::new));
    }
  }

  private static long pendingSpans(long instance, Connection connection) throws SQLException {
    return Statements.select(
            connection,
            "SELECT count(*) FROM begun WHERE instance = ?",
            List.of(instance),
            row -> row.getLong(1))
        .get(0);
  }

  private static List<Row> after(long position, List<Row> rows) {
    int first = 0;
    while (first < rows.size() && rows.get(first).position() <= position) {
      first++;
    }
    return rows.subList(first, rows.size());
  }

  private static Known known(InstanceId id, Connection connection) throws SQLException {
    return find(id, connection)
        .orElseThrow(() -> new IllegalArgumentException("instance " + id + " was never put"));
  }

  /** Locks it: a batch of it that is written at the same time elsewhere waits. */
  private static Optional<Known> find(InstanceId id, Connection connection) throws SQLException {
    return Statements.select(
            connection,
            "SELECT id, position, number, queue_index_hint FROM instance WHERE uuid = ?"
                + " FOR NO KEY UPDATE",
            List.of(id.uuid()),
            row -> {
              long key = row.getLong(1);
              long position = row.getLong(2);
              return row.wasNull()
                  ? new Known(key, Optional.empty())
                  : new Known(
                      key, Optional.of(new Checkpoint(position, row.getLong(3), row.getLong(4))));
            })
        .stream()
        .findFirst();
  }

  /** After a failure nothing is taken for granted. */
  private <T> T inTransaction(Connections.Work<T> work) {
    boolean done = false;
    try {
      ready.require();
      T result = connections.inTransaction(work);
      done = true;
      return result;
    } finally {
      if (!done) {
        ready.forget();
        partitions.forget();
      }
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
