package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Store;
import dev.engram.collector.store.testkit.ModelContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

class SqliteStoreTest {
  static Store openIn(Path folder) {
    return SqliteStore.open(SqliteStore.fileIn(folder));
  }

  @Nested
  class Model extends ModelContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }
}
