package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Health;
import dev.engram.collector.store.Remover;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A store in the schema {@code engram} of one PostgreSQL database. Any number of collectors may
 * write it at a time, and any number of others read it.
 *
 * <p>Tables of another program or of a newer version are refused with {@link StoreException} and
 * left as they are. A database that cannot be reached fails with kind UNAVAILABLE; the next call
 * tries again.
 */
public final class PostgresStore implements Store {
  private final boolean readOnly;
  private final Connections toWrite;
  private final Connections toRead;
  private final PostgresRemover remover;
  private final PostgresWriter writer;
  private final PostgresReader reader;

  private PostgresStore(PostgresAddress address, Clock clock, boolean readOnly) {
    this.readOnly = readOnly;
    toWrite = Connections.toWrite(address);
    toRead = Connections.toRead(address);
    Readiness ready =
        readOnly ? Readiness.looking(toRead, address) : Readiness.making(toWrite, address);
    remover = new PostgresRemover(toWrite, ready, clock);
    writer = new PostgresWriter(toWrite, ready, remover, clock);
    reader = new PostgresReader(toRead, ready);
  }

  /**
   * A store to write and read; its tables are made, or brought up to date, on first use.
   *
   * @param clock says which day it is, by which tables are divided
   */
  public static PostgresStore open(PostgresAddress address, Clock clock) {
    return new PostgresStore(address, clock, false);
  }

  /** A store to read; the writer refuses. */
  public static PostgresStore openReadOnly(PostgresAddress address) {
    return new PostgresStore(address, Clock.systemUTC(), true);
  }

  @Override
  public StoreWriter writer() {
    if (readOnly) {
      throw new UnsupportedOperationException("the store was opened to read only");
    }
    return writer;
  }

  @Override
  public Optional<Remover> remover() {
    return readOnly ? Optional.empty() : Optional.of(remover);
  }

  @Override
  public StoreReader reader() {
    return reader;
  }

  /** Connects, and makes the tables where there are none unless this store only reads. */
  @Override
  public Health check() {
    try {
      reader().instances();
      return new Health.Ok();
    } catch (StoreException cause) {
      return new Health.Failed(cause);
    }
  }

  /** What is wrong with the database, a line each. */
  public List<String> problems() {
    String encoding = toRead.inTransaction(Schema::encoding);
    return encoding.equals(Schema.UNICODE)
        ? List.of()
        : List.of(
            "the database"
                + Failures.notUnicode(encoding)
                + ": what has others is set aside; move to one with ENCODING 'UTF8' by pg_dump");
  }

  @Override
  public void close() {
    toRead.close();
    toWrite.close();
  }
}
