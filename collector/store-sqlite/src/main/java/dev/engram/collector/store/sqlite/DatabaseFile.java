package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteJDBCLoader;

/** The file and how connections to it are made. A connection is the caller's to close. */
final class DatabaseFile {
  private static final int PAGE_SIZE = 8192;

  /** Free pages can be given back to the file system, a few at a time. */
  static final int INCREMENTAL = 2;

  static final int BUSY_TIMEOUT_MS = 5_000;
  private static final int WRITER_CACHE_KIB = 32 * 1024;
  private static final int READER_CACHE_KIB = 8 * 1024;
  static final int JOURNAL_SIZE_LIMIT = 64 << 20;

  private final Path file;
  private final Path libraryFolder;

  DatabaseFile(Path file) {
    this(file.toAbsolutePath(), file.toAbsolutePath().resolveSibling("lib"));
  }

  private DatabaseFile(Path file, Path libraryFolder) {
    this.file = file;
    this.libraryFolder = libraryFolder;
  }

  /** Another file, elsewhere, to be read with the same library. */
  DatabaseFile other(Path elsewhere) {
    return new DatabaseFile(elsewhere.toAbsolutePath(), libraryFolder);
  }

  Path path() {
    return file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Which file it is, whatever it is called; null when there is none, or nobody can tell. */
  @Nullable Object identity() {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException absent) {
      return null;
    }
  }

  /** Whether there is anything to read: a file that is being made has no tables at first. */
  boolean hasTables() {
    if (!exists()) {
      return false;
    }
    prepareLibrary();
    try (Connection connection = reading().createConnection(url())) {
      return !Schema.isBlank(connection);
    } catch (SQLException failure) {
      throw Failures.of(failure, file);
    }
  }

  /** Bytes in the write-ahead log. */
  long logSize() {
    try {
      return Files.size(Path.of(file + "-wal"));
    } catch (IOException absent) {
      return 0;
    }
  }

  /** The connection that writes; makes the file where there is none, and upgrades an older one. */
  Connection openForWriting() {
    prepareFolder();
    try {
      inspect();
      Connection connection = writing().createConnection(url());
      return closedOnFailure(connection, () -> prepare(connection));
    } catch (SQLException failure) {
      throw Failures.of(failure, file);
    }
  }

  /** A connection that cannot change anything, of this or an earlier version. */
  Connection openToInspect() {
    prepareLibrary();
    try {
      Connection connection = reading().createConnection(url());
      return closedOnFailure(
          connection,
          () -> {
            Schema.requireOurs(connection, file);
            if (Schema.isBlank(connection)) {
              throw Failures.foreign(file);
            }
          });
    } catch (SQLException failure) {
      throw Failures.of(failure, file);
    }
  }

  /** Bytes that the file system has left for the file's folder. */
  long room() {
    try {
      return Files.getFileStore(file).getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }

  /**
   * A connection to write the file anew with: what that needs beside lies in the file's folder, not
   * in memory.
   */
  Connection openToRewrite() throws SQLException {
    SQLiteConfig config = writing();
    config.setTempStore(TempStore.FILE);
    config.setTempStoreDirectory(String.valueOf(file.getParent()));
    return config.createConnection(url());
  }

  /** A connection that cannot change anything. The file must exist. */
  Connection openForReading() {
    prepareLibrary();
    try {
      Connection connection = reading().createConnection(url());
      return closedOnFailure(connection, () -> requireCurrent(connection));
    } catch (SQLException failure) {
      throw Failures.of(failure, file);
    }
  }

  private static void prepare(Connection connection) throws SQLException {
    // After the other settings: the size of a page cannot change once there is a log. Nor can
    // whether pages are given back, once there is a table.
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA auto_vacuum = " + INCREMENTAL);
      statement.execute("PRAGMA journal_mode = WAL");
    }
    Schema.upgrade(connection);
  }

  /** Looks at what is there through a connection that cannot write, before one that can. */
  private void inspect() throws SQLException {
    try (Connection connection = reading().createConnection(url())) {
      Schema.requireOurs(connection, file);
    }
  }

  private void requireCurrent(Connection connection) throws SQLException {
    Schema.requireOurs(connection, file);
    int version = Schema.version(connection);
    if (version < Schema.VERSION) {
      throw Failures.older(file, version, Schema.VERSION);
    }
  }

  private void prepareFolder() {
    try {
      PrivateFiles.createFolders(libraryFolder);
      PrivateFiles.createFile(file);
    } catch (IOException failure) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "cannot create " + file + " (" + failure + "): check the permissions of its folder",
          failure);
    }
    prepareLibrary();
  }

  private void prepareLibrary() {
    try {
      NativeLibrary.prepare(libraryFolder);
    } catch (IOException failure) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "cannot unpack SQLite's library into "
              + libraryFolder
              + " ("
              + failure
              + "): make the folder writable, or name another with -Dorg.sqlite.tmpdir=",
          failure);
    }
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception | LinkageError failure) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "SQLite's library cannot be loaded from "
              + libraryFolder
              + ": if that disk is mounted noexec, name a folder on another with"
              + " -Dorg.sqlite.tmpdir=",
          failure);
    }
  }

  private static SQLiteConfig writing() {
    SQLiteConfig config = shared();
    config.setPageSize(PAGE_SIZE);
    config.setSynchronous(SynchronousMode.FULL);
    config.setCacheSize(-WRITER_CACHE_KIB);
    config.setWalAutocheckpoint(0);
    config.setJournalSizeLimit(JOURNAL_SIZE_LIMIT);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    return config;
  }

  private static SQLiteConfig reading() {
    SQLiteConfig config = shared();
    config.setReadOnly(true);
    config.setCacheSize(-READER_CACHE_KIB);
    return config;
  }

  private static SQLiteConfig shared() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.setTempStore(TempStore.MEMORY);
    config.setGetGeneratedKeys(false);
    return config;
  }

  private String url() {
    return "jdbc:sqlite:" + file;
  }

  /** What is done to a new connection. */
  private interface Setup {
    void run() throws SQLException;
  }

  private static Connection closedOnFailure(Connection connection, Setup setup)
      throws SQLException {
    try {
      setup.run();
      return connection;
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }
}
