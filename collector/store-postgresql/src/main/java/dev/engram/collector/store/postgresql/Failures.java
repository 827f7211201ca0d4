package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what a failure of PostgreSQL means to whoever runs the collector. Pure. */
final class Failures {
  private static final int CLASS_DIGITS = 2;

  /** Of what the server said. */
  private static final int LONGEST = 300;

  /** Values that cannot be kept, what the owner's tables forbid, and what is too large for them. */
  private static final Set<String> OF_ROWS = Set.of("22", "23", "54");

  private Failures() {}

  static StoreException of(SQLException failure, PostgresAddress address) {
    String what = address.name() + ": " + oneLine(said(failure).getMessage());
    String state = state(failure);
    return switch (state) {
      case "40001", "40P01", "55P03", "57014", "53300", "25P03" ->
          new StoreException(
              Kind.OVERLOADED, what + ". The database is busy: wait, or give it more", failure);
      case "53200" ->
          new StoreException(
              Kind.OVERLOADED,
              what + ". Give the database more max_locks_per_transaction, or memory",
              failure);
      case "53100" ->
          new StoreException(
              Kind.UNAVAILABLE, what + ". Free some space on the database's disk", failure);
      case "XX001", "XX002" ->
          new StoreException(
              Kind.CORRUPT, what + ". The database is damaged: restore a backup", failure);
      case "3D000" ->
          new StoreException(
              Kind.UNAVAILABLE, what + ". Create that database, or correct the URL", failure);
      default -> byClass(state, what, failure);
    };
  }

  private static StoreException byClass(String state, String what, SQLException failure) {
    return switch (classOf(state)) {
      case "28" ->
          new StoreException(Kind.UNAVAILABLE, what + ". Check the user and the password", failure);
      case "42", "3F" ->
          new StoreException(
              Kind.INCOMPATIBLE_SCHEMA,
              what
                  + ". The tables are not as this version makes them, or this user may not use"
                  + " them: run engram store check",
              failure);
      default ->
          new StoreException(
              Kind.UNAVAILABLE,
              what + ". Check that the database runs and can be reached",
              failure);
    };
  }

  /** Rows that are refused are told by themselves; what else fails is left as it is. */
  static SQLException unlessOfRows(SQLException failure) {
    String state = state(failure);
    if (OF_ROWS.contains(classOf(state))) {
      throw new RowsRefusedException(oneLine(said(failure).getMessage()), failure);
    }
    return failure;
  }

  static StoreException closed(PostgresAddress address) {
    return new StoreException(
        Kind.UNAVAILABLE, address.name() + ": the store is closed: open another", null);
  }

  static StoreException foreign(PostgresAddress address) {
    return new StoreException(
        Kind.INCOMPATIBLE_SCHEMA,
        address.name()
            + " has tables of another program in its schema "
            + Schema.NAME
            + ": choose another database",
        null);
  }

  static StoreException notUnicode(PostgresAddress address, String encoding) {
    return new StoreException(
        Kind.INCOMPATIBLE_SCHEMA,
        address.name() + notUnicode(encoding) + ": create a database with ENCODING 'UTF8'",
        null);
  }

  /** What is wrong with such a database. */
  static String notUnicode(String encoding) {
    return " keeps text as " + encoding + ", which does not have every character";
  }

  static StoreException newer(PostgresAddress address, int version) {
    return new StoreException(
        Kind.INCOMPATIBLE_SCHEMA,
        address.name()
            + " was written by a newer Engram (schema "
            + version
            + ", this one knows "
            + Schema.VERSION
            + "): use that version, or choose another database",
        null);
  }

  static StoreException older(PostgresAddress address, int version) {
    return new StoreException(
        Kind.INCOMPATIBLE_SCHEMA,
        address.name()
            + (version == 0
                ? " has no tables of Engram yet"
                : " was written by an older Engram (schema " + version + ")")
            + ": a collector brings it up to date",
        null);
  }

  private static String classOf(String state) {
    return state.substring(0, Math.min(CLASS_DIGITS, state.length()));
  }

  private static String state(SQLException failure) {
    String state = failure.getSQLState();
    Throwable cause = failure.getCause();
    if (state == null && cause instanceof SQLException reason) {
      return state(reason);
    }
    return state == null ? "" : state;
  }

  /** Of rows that were sent together the failure of one: the others' says what is in them. */
  private static SQLException said(SQLException failure) {
    if (!(failure instanceof BatchUpdateException)) {
      return failure;
    }
    SQLException next = failure.getNextException();
    if (next != null) {
      return next;
    }
    return failure.getCause() instanceof SQLException cause ? cause : failure;
  }

  private static String oneLine(@Nullable String message) {
    String line = String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
