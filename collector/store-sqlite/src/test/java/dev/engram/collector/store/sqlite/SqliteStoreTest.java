package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Store;
import dev.engram.collector.store.testkit.AccountingContract;
import dev.engram.collector.store.testkit.CheckpointContract;
import dev.engram.collector.store.testkit.ConcurrencyContract;
import dev.engram.collector.store.testkit.ConditionContract;
import dev.engram.collector.store.testkit.HostileDataContract;
import dev.engram.collector.store.testkit.LossContract;
import dev.engram.collector.store.testkit.ModelContract;
import dev.engram.collector.store.testkit.ReaderContract;
import dev.engram.collector.store.testkit.ReopenContract;
import dev.engram.collector.store.testkit.SpanContract;
import dev.engram.collector.store.testkit.SummaryContract;
import dev.engram.collector.store.testkit.TransactionContract;
import dev.engram.collector.store.testkit.UpgradeContract;
import dev.engram.collector.store.testkit.WriterContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;

class SqliteStoreTest {
  static Store openIn(Path folder) {
    return SqliteStore.open(SqliteStore.fileIn(folder));
  }

  @Nested
  class Writer extends WriterContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class Reader extends ReaderContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class Spans extends SpanContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class Conditions extends ConditionContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class Summary extends SummaryContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class Transactions extends TransactionContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class Checkpoint extends CheckpointContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class Accounting extends AccountingContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class Losses extends LossContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class HostileData extends HostileDataContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

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
