package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what a failure of SQLite means to whoever runs the collector. Stateless. */
final class Failures {
  private static final int PRIMARY_CODE = 0xff;
  private static final String FREE_SPACE = "Free some space on that disk";

  /** A log's index alone takes some ten kilobytes. */
  private static final long LEAST_BYTES = 1 << 20;

  private Failures() {}

  static StoreException of(SQLException failure, Path file) {
    String what = file + ": " + failure.getMessage();
    return switch (primaryCode(failure)) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new StoreException(
              Kind.OVERLOADED,
              what + ". Another process is writing to the store: stop it, or wait",
              failure);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          new StoreException(
              Kind.CORRUPT,
              what
                  + ". The file is damaged or no database: move it aside and start again;"
                  + " nothing was changed in it",
              failure);
      case SQLITE_ERROR, SQLITE_SCHEMA, SQLITE_MISMATCH, SQLITE_CONSTRAINT ->
          new StoreException(
              Kind.CORRUPT,
              what
                  + ". The tables are not as this version makes them: move the file aside and"
                  + " start again",
              failure);
      case SQLITE_FULL -> new StoreException(Kind.UNAVAILABLE, what + ". " + FREE_SPACE, failure);
      default ->
          new StoreException(
              Kind.UNAVAILABLE,
              what
                  + ". "
                  + (hasNoRoom(file)
                      ? FREE_SPACE
                      : "Check that the file and its folder can be read and written"),
              failure);
    };
  }

  /** SQLite does not always say that this is why it cannot read or write. */
  private static boolean hasNoRoom(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder != null
        && folder.toFile().isDirectory()
        && folder.toFile().getUsableSpace() < LEAST_BYTES;
  }

  static StoreException closed(Path file) {
    return new StoreException(Kind.UNAVAILABLE, file + ": the store is closed: open another", null);
  }

  static StoreException removed(Path file) {
    return new StoreException(
        Kind.CORRUPT,
        file
            + " was removed or replaced while it was written: start the collector again; what"
            + " waits in the queues is stored then",
        null);
  }

  static StoreException foreign(Path file) {
    return new StoreException(
        Kind.INCOMPATIBLE_SCHEMA,
        file + " is a database of another program: move it away, or choose another home",
        null);
  }

  static StoreException newer(Path file, int version, int known) {
    return new StoreException(
        Kind.INCOMPATIBLE_SCHEMA,
        file
            + " was written by a newer Engram (schema "
            + version
            + ", this one knows "
            + known
            + "): use that version, or choose another home",
        null);
  }

  static StoreException older(Path file, int version, int known) {
    return new StoreException(
        Kind.INCOMPATIBLE_SCHEMA,
        file
            + " was written by an older Engram (schema "
            + version
            + ", this one reads "
            + known
            + "): run 'engram collect --once' to bring it up to date",
        null);
  }

  /** What is stored is not as it was written. */
  static SQLException damage(String what) {
    return new SQLiteException(what, SQLiteErrorCode.SQLITE_CORRUPT);
  }

  /** Throws it again when it is SQLite's and says something else than damage. */
  static void requireDamage(SQLException failure) throws SQLException {
    if (failure instanceof SQLiteException
        && primaryCode(failure) != SQLiteErrorCode.SQLITE_CORRUPT) {
      throw failure;
    }
  }

  static SQLiteErrorCode primaryCode(SQLException failure) {
    int code =
        failure instanceof SQLiteException known
            ? known.getResultCode().code
            : failure.getErrorCode();
    return SQLiteErrorCode.getErrorCode(code & PRIMARY_CODE);
  }
}
