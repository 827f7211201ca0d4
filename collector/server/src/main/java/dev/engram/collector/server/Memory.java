package dev.engram.collector.server;

import dev.engram.collector.intake.LiveCounts;
import dev.engram.collector.query.Queries;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.SqlQuestion;
import dev.engram.collector.store.SqlTable;
import dev.engram.collector.store.SqlUnansweredException;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The memory of a home, for questions only: works with and without a running collector and disturbs
 * none. For one thread.
 */
public final class Memory implements AutoCloseable {
  private final Home home;
  private final Store store;
  private final Queries queries;

  private Memory(Home home, Store store) {
    this.home = home;
    this.store = store;
    StoreReader reader = store.reader();
    // Intake's classes are loaded only when somebody asks for the books, the prices' for costs,
    // the catalogue's for solutions.
    this.queries =
        new Queries(
            reader,
            () -> new LiveCounts(home.folder(), reader).producerCounts(),
            () -> PriceFile.of(home),
            SolutionCatalogue::shipped);
  }

  /** A home without a database, or that does not exist, is an empty memory; nothing is made. */
  public static Memory open(Home home) {
    return new Memory(home, StoreFile.openReadOnly(home));
  }

  public Queries queries() {
    return queries;
  }

  /**
   * Answers a question in SQL, as {@link SqliteStore#sql} does; empty while nothing is remembered.
   *
   * @throws SqlUnansweredException also where the memory is not kept in SQLite
   */
  public Optional<SqlTable> sql(SqlQuestion question) {
    if (store instanceof SqliteStore sqlite) {
      return sqlite.sql(question);
    }
    throw new SqlUnansweredException(
        "this memory is kept in PostgreSQL, where engram query answers nothing: ask with psql, in"
            + " the schema engram, as a user that may only read");
  }

  /** Bytes that the store takes; 0 where there is none. */
  public long bytes() {
    return store.reader().bytes();
  }

  /** What takes them, by kind, largest first; looks at all of the store. */
  public Map<String, Long> bytesByKind() {
    return store.reader().bytesByKind();
  }

  /** What was taken out of it. */
  public List<Removed> removed() {
    return store.reader().removed();
  }

  /** Who collects into this home, such as {@code pid 4711 since 2026-01-31T09:30:00Z}. */
  public Optional<String> collector() {
    return CollectorFile.holder(home);
  }

  /** Instances that nobody collects until a person mends their folders, each with what is wrong. */
  public List<String> leftAlone() {
    return new LiveCounts(home.folder(), store.reader()).leftAlone();
  }

  @Override
  public void close() {
    store.close();
  }
}
