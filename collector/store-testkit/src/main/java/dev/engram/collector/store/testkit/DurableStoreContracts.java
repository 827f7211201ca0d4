package dev.engram.collector.store.testkit;

import dev.engram.collector.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** What every store passes that keeps its rows when it is closed. */
public abstract class DurableStoreContracts extends StoreContracts {
  @Nested
  class Reopen extends ReopenContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class Model extends ModelContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }
}
