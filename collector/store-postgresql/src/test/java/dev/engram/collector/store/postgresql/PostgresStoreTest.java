package dev.engram.collector.store.postgresql;

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
import dev.engram.collector.store.testkit.WriterContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Nested;

class PostgresStoreTest {
  static Store openIn(Path folder) {
    return PostgresStore.open(Databases.of(folder), Clock.systemUTC());
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
  class Condition extends ConditionContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }
}
