package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A few connections for readers, opened when they are needed. Thread-safe. */
final class ReadPool {
  private static final int CONNECTIONS = 4;
  private static final int PATIENCE_SECONDS = 30;

  /** A question to the store. */
  interface Question<T> {
    T ask(ReadConnection connection) throws SQLException;
  }

  private final DatabaseFile file;
  private final boolean readOnly;
  private final Semaphore permits = new Semaphore(CONNECTIONS);
  private final Deque<ReadConnection> idle = new ArrayDeque<>();
  private volatile boolean prepared;
  private boolean closed;

  /** With {@code readOnly} a missing file is a failure, otherwise it is made. */
  ReadPool(DatabaseFile file, boolean readOnly) {
    this.file = file;
    this.readOnly = readOnly;
  }

  /** Answers from one state of the store. */
  <T> T answer(Question<T> question) {
    requireOpen();
    await();
    try {
      return answerNow(question);
    } catch (SQLException failure) {
      throw Failures.of(failure, file.path());
    } finally {
      permits.release();
    }
  }

  synchronized void close() {
    closed = true;
    while (!idle.isEmpty()) {
      discard(idle.pop());
    }
  }

  private <T> T answerNow(Question<T> question) throws SQLException {
    ReadConnection connection = take();
    boolean sound = false;
    try {
      connection.begin();
      T answer = question.ask(connection);
      connection.end();
      sound = true;
      return answer;
    } finally {
      giveBack(connection, sound);
    }
  }

  private ReadConnection take() throws SQLException {
    synchronized (this) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    if (!readOnly && (!prepared || !file.exists())) {
      // The first use of the store makes its tables, or brings older ones up to date.
      file.openForWriting().close();
      prepared = true;
    }
    return new ReadConnection(file.openForReading());
  }

  private synchronized void giveBack(ReadConnection connection, boolean sound) {
    if (sound && !closed) {
      idle.push(connection);
    } else {
      discard(connection);
    }
  }

  private void await() {
    try {
      if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new StoreException(
            StoreException.Kind.OVERLOADED, "too many questions at once: ask again", null);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "interrupted while waiting to ask", interrupted);
    }
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw Failures.closed(file.path());
    }
  }

  private static void discard(ReadConnection connection) {
    try {
      connection.close();
    } catch (SQLException ignored) {
      // It only read; nothing is lost with it.
    }
  }
}
