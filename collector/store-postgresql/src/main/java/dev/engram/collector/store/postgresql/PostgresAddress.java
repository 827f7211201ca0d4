package dev.engram.collector.store.postgresql;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

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

  /** Writes URLs that it cannot read, with their passwords, to stderr; held, or it is forgotten. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF);
  }

  /**
   * Throws {@link IllegalArgumentException}, whose message does not tell the URL, when it is none
   * of PostgreSQL's driver, or has a user before the host: messages would show the password there.
   */
  public PostgresAddress {
    if (!url.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a PostgreSQL store's URL begins with " + PREFIX);
    }
    if (name(url).contains("@")) {
      throw new IllegalArgumentException(
          "a PostgreSQL store's URL holds no user or password before an @; leave them out of it and"
              + " give them by themselves");
    }
    if (Driver.parseURL(url, null) == null) {
      throw new IllegalArgumentException(
          "the PostgreSQL store's URL cannot be read; correct its host, port or options, it looks"
              + " like "
              + PREFIX
              + "//db.example:5432/engram");
    }
  }

  /** For messages: without what follows the question mark, where passwords may be. */
  String name() {
    return name(url);
  }

  private static String name(String url) {
    int options = url.indexOf('?');
    return options < 0 ? url : url.substring(0, options);
  }

  /** The name alone: the record's own text would hold the password. */
  @Override
  public String toString() {
    return name();
  }
}
