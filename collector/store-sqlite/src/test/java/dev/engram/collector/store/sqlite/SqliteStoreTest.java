package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Store;
import dev.engram.collector.store.testkit.DurableStoreContracts;
import dev.engram.collector.store.testkit.UpgradeContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;

class SqliteStoreTest extends DurableStoreContracts {
  @Override
  protected Store openIn(Path folder) {
    return SqliteStore.open(SqliteStore.fileIn(folder));
  }

  @Nested
  class Upgrade extends UpgradeContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }

    @Override
    protected List<Integer> versions() {
      return IntStream.rangeClosed(1, Schema.VERSION).boxed().toList();
    }

    @Override
    protected void restore(int version, Path folder) throws IOException {
      Path file = SqliteStore.fileIn(folder);
      Files.createDirectories(file.getParent());
      String archived = String.format("archive/%04d.db.gz", version);
      try (InputStream packed = SqliteStoreTest.class.getResourceAsStream(archived)) {
        assertThat(packed).as(archived).isNotNull();
        Files.copy(new GZIPInputStream(packed), file);
      }
    }
  }
}
