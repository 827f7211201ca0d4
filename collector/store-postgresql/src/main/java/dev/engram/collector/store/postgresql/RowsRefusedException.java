package dev.engram.collector.store.postgresql;

import java.sql.SQLException;

/** The database works, and does not take these rows, however often it is asked. */
final class RowsRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RowsRefusedException(String message, SQLException cause) {
    super(message, cause);
  }
}
