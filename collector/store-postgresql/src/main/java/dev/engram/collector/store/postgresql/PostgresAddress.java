package dev.engram.collector.store.postgresql;

import org.jspecify.annotations.Nullable;

/**
 * Where a database is and who asks.
 *
 * @param url of the driver, such as {@code jdbc:postgresql://db.example/engram}; several hosts,
 *     separated by commas, are tried one after the other
 * @param user null where the URL, or the operating system, says it
 * @param password null where none is needed, or {@code ~/.pgpass} has it
 */
public record PostgresAddress(String url, @Nullable String user, @Nullable String password) {
  static final String PREFIX = "jdbc:postgresql:";

  /** Throws {@link IllegalArgumentException} when it is no URL of PostgreSQL's driver. */
  public PostgresAddress {
    if (!url.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a PostgreSQL store's URL begins with " + PREFIX);
    }
  }

  /** For messages: without what follows the question mark, where passwords may be. */
  String name() {
    int options = url.indexOf('?');
    return options < 0 ? url : url.substring(0, options);
  }

  /** The name alone: the record's own text would hold the password. */
  @Override
  public String toString() {
    return name();
  }
}
