package dev.engram.collector.store;

import java.util.List;

/** A question in SQL was not answered, by its own fault. The message is one line. */
public final class SqlRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String unknown;
  private final transient List<String> known;

  public SqlRefusedException(String message) {
    this(message, "", List.of());
  }

  /**
   * One that names what does not exist.
   *
   * @param unknown the name of a view or column; empty when that is not what is wrong
   * @param known the names there are
   */
  public SqlRefusedException(String message, String unknown, List<String> known) {
    super(message);
    this.unknown = unknown;
    this.known = List.copyOf(known);
  }

  public String unknown() {
    return unknown;
  }

  public List<String> known() {
    return known;
  }
}
