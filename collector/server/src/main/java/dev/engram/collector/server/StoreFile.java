package dev.engram.collector.server;

import dev.engram.collector.intake.PrivateFiles;
import dev.engram.collector.store.Health;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.postgresql.PostgresAddress;
import dev.engram.collector.store.postgresql.PostgresStore;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which store a home has: SQLite in the home itself, or the PostgreSQL database that {@code
 * store.properties} names with {@code url}, {@code user} and {@code password}, of which the last
 * two may be missing.
 */
public final class StoreFile {
  static final String NAME = "store.properties";

  private static final String URL = "url";
  private static final String USER = "user";
  private static final String PASSWORD = "password";
  private static final Set<String> KEYS = new TreeSet<>(List.of(URL, USER, PASSWORD));

  private StoreFile() {}

  /**
   * Makes the tables, or brings them up to date, and notes in the home where they are.
   *
   * @return what people know the store by
   * @throws HomeException when the URL is none of PostgreSQL's, or the home cannot be written
   * @throws dev.engram.collector.store.StoreException when the database cannot be used
   */
  public static String init(
      Home home, String url, @Nullable String user, @Nullable String password) {
    PostgresAddress address = address(url, user, password);
    try (Store store = PostgresStore.open(address, Clock.systemUTC())) {
      requireSound(store);
    }
    Properties said = new Properties();
    said.setProperty(URL, url);
    if (user != null) {
      said.setProperty(USER, user);
    }
    if (password != null) {
      said.setProperty(PASSWORD, password);
    }
    write(home.prepare().folder(), said);
    return address.toString();
  }

  /**
   * What people know the store by, once it has been found to be readable.
   *
   * @throws dev.engram.collector.store.StoreException when it is not
   */
  public static String check(Home home) {
    try (Store store = openReadOnly(home)) {
      requireSound(store);
    }
    return address(home)
        .map(PostgresAddress::toString)
        .orElseGet(() -> SqliteStore.fileIn(home.folder()).toString());
  }

  /** Whether it is not in the home, so that other homes may have it too. */
  public static boolean isElsewhere(Home home) {
    return address(home).isPresent();
  }

  /** A store to write and read. */
  static Store open(Home home) {
    return address(home)
        .<Store>map(address -> PostgresStore.open(address, Clock.systemUTC()))
        .orElseGet(() -> SqliteStore.open(SqliteStore.fileIn(home.folder())));
  }

  /** A store to read; of a home that is not there an empty one. */
  static Store openReadOnly(Home home) {
    return address(home)
        .<Store>map(PostgresStore::openReadOnly)
        .orElseGet(() -> SqliteStore.openReadOnly(SqliteStore.fileIn(home.folder())));
  }

  private static Optional<PostgresAddress> address(Home home) {
    Path file = home.folder().resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties said = read(file);
    for (String key : said.stringPropertyNames()) {
      if (!KEYS.contains(key)) {
        throw wrong(file, "has the unknown key " + key + "; valid: " + String.join(", ", KEYS));
      }
    }
    return Optional.of(
        address(
            said.getProperty(URL, "").strip(), said.getProperty(USER), said.getProperty(PASSWORD)));
  }

  private static PostgresAddress address(
      String url, @Nullable String user, @Nullable String password) {
    try {
      return new PostgresAddress(url, user, password);
    } catch (IllegalArgumentException noUrl) {
      throw new HomeException(String.valueOf(noUrl.getMessage()), noUrl);
    }
  }

  private static void requireSound(Store store) {
    if (store.check() instanceof Health.Failed failed) {
      throw failed.cause();
    }
  }

  private static Properties read(Path file) {
    Properties said = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      said.load(text);
      return said;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new HomeException(
          "cannot read " + file + " (" + unreadable + "); correct or remove it", unreadable);
    }
  }

  /** For the owner alone from its first byte on, and whole or not at all. */
  static void write(Path folder, Properties said) {
    try {
      StringWriter text = new StringWriter();
      said.store(text, "Where this memory is kept.");
      PrivateFiles.replace(folder.resolve(NAME), text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new HomeException(
          "cannot write " + folder.resolve(NAME) + " (" + failure + ")", failure);
    }
  }

  private static HomeException wrong(Path file, String what) {
    return new HomeException(file + " " + what + "; correct or remove it", null);
  }
}
