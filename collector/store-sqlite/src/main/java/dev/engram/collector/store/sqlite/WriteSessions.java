package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.sqlite.WriteSession.Work;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The session that is written with: opened on first use, and again after a failure. Confined to the
 * writer.
 */
final class WriteSessions {
  /**
   * A log of more bytes is copied: nothing is committed meanwhile, so that the copies must be
   * short, and a page that many transactions write is copied once for all of them.
   */
  private static final long SYNC_BYTES = 8L << 20;

  private final DatabaseFile file;
  private @Nullable WriteSession session;
  private @Nullable Object identity;
  private boolean closed;

  WriteSessions(DatabaseFile file) {
    this.file = file;
  }

  <T> T inTransaction(Work<T> work) {
    return guarded(
        session -> {
          session.begin();
          T result = work.on(session);
          session.commit();
          return result;
        });
  }

  /** Copies the log into the database when it is long, outside of a transaction. */
  void syncWhenLong() {
    if (file.logSize() > SYNC_BYTES) {
      sync();
    }
  }

  /** Copies the log into the database, outside of a transaction. */
  void sync() {
    guarded(
        session -> {
          session.checkpoint();
          return session;
        });
  }

  /** Does this outside of a transaction, unless it begins one; a failure gives the session up. */
  <T> T guarded(Work<T> work) {
    if (closed) {
      throw Failures.closed(file.path());
    }
    try {
      return work.on(opened());
    } catch (SQLException failure) {
      giveUp();
      throw Failures.of(failure, file.path());
    } catch (StoreException failure) {
      throw failure;
    } catch (RuntimeException | Error failure) {
      giveUp();
      throw failure;
    }
  }

  private WriteSession opened() throws SQLException {
    requireSameFile();
    WriteSession open = session;
    if (open == null) {
      open = new WriteSession(file.openForWriting());
      session = open;
      identity = file.identity();
    }
    return open;
  }

  /**
   * What is written to a removed file is lost, and a new one knows nothing of what the callers
   * already took for stored.
   */
  private void requireSameFile() {
    if (identity != null && !identity.equals(file.identity())) {
      giveUp();
      throw Failures.removed(file.path());
    }
  }

  void close() {
    closed = true;
    giveUp();
  }

  /** Closing rolls back what was not committed. */
  void giveUp() {
    WriteSession open = session;
    session = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException ignored) {
        // The failure that led here is the one to report.
      }
    }
  }
}
