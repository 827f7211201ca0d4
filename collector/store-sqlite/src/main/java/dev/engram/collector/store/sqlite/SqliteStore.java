package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Health;
import dev.engram.collector.store.SqlQuestion;
import dev.engram.collector.store.SqlTable;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.memory.InMemoryStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A store in one SQLite file. One process may take records in at a time; others may read it
 * meanwhile, any number of them, and take rows out of it. SQLite's native library is unpacked into
 * the folder {@code lib} beside the file, unless the driver's properties {@code
 * org.sqlite.lib.path} or {@code org.sqlite.tmpdir} say otherwise.
 *
 * <p>A file that is damaged, of another program or of a newer version is refused with {@link
 * StoreException} and left as it is.
 */
public final class SqliteStore implements Store {
  private static final String FOLDER = "store";
  private static final String FILE = "engram.db";

  private final DatabaseFile file;
  private final boolean readOnly;
  private final ReadPool pool;
  private final SqliteWriter writer;
  private final StoreReader reader;

  private SqliteStore(Path path, boolean readOnly) {
    this.readOnly = readOnly;
    file = new DatabaseFile(path);
    pool = new ReadPool(file, readOnly);
    writer = new SqliteWriter(file);
    reader = new SqliteReader(pool);
  }

  /** The file of a memory home. */
  public static Path fileIn(Path home) {
    return home.resolve(FOLDER).resolve(FILE);
  }

  /** A store to write and read; file and folders are made on first use, for their owner only. */
  public static SqliteStore open(Path file) {
    return new SqliteStore(file, false);
  }

  /**
   * A store to read, also while another process writes it; it makes no file. While there is none,
   * {@link #reader()} gives a reader that finds nothing. The writer refuses.
   */
  public static SqliteStore openReadOnly(Path file) {
    return new SqliteStore(file, true);
  }

  @Override
  public StoreWriter writer() {
    if (readOnly) {
      throw new UnsupportedOperationException(file.path() + " was opened to read only");
    }
    return writer;
  }

  @Override
  public StoreReader reader() {
    return readOnly && !file.hasTables() ? new InMemoryStore().reader() : reader;
  }

  /**
   * Answers a question in SQL over the views of docs/schema.md; empty while there is no file.
   *
   * @throws dev.engram.collector.store.SqlRefusedException when it is no question that can be
   *     answered
   * @throws dev.engram.collector.store.SqlUnansweredException when it takes too long
   */
  public Optional<SqlTable> sql(SqlQuestion question) {
    return file.hasTables() ? Optional.of(AnswerSql.on(file, question)) : Optional.empty();
  }

  /**
   * Writes what the store holds at this moment into a new file, which is found to be sound, while
   * others go on to write the store.
   *
   * @throws StoreException when there is such a file, or it cannot be written
   */
  public void backup(Path target) {
    Copies.write(file, target.toAbsolutePath());
  }

  /**
   * Puts a backup in the place of a store, for which nobody may be using it.
   *
   * @param aside what the folder beside it is called that the former store is moved to
   * @return where the former store is; empty where there was none
   * @throws StoreException when the backup is damaged, of another program or newer; then nothing is
   *     changed
   */
  public static Optional<Path> restore(Path backup, Path store, String aside) {
    return Copies.restore(backup.toAbsolutePath(), new DatabaseFile(store), aside);
  }

  /**
   * Reads all of the file and says what is wrong with it, a line each; empty when it is sound, or
   * not there.
   */
  public List<String> problems() {
    if (!file.hasTables()) {
      return List.of();
    }
    try (Connection connection = file.openForReading()) {
      return Soundness.problems(connection);
    } catch (SQLException failure) {
      throw Failures.of(failure, file.path());
    }
  }

  /** Opens the file, and makes it where there is none unless this store only reads. */
  @Override
  public Health check() {
    try {
      if (!readOnly) {
        writer.open();
      }
      reader().instances();
      return new Health.Ok();
    } catch (StoreException cause) {
      return new Health.Failed(cause);
    }
  }

  @Override
  public void close() {
    pool.close();
    writer.close();
  }
}
