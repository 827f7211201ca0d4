package dev.engram.collector.store.testkit;

import dev.engram.collector.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** What every store passes: a backend's own test extends this and says how to open it. */
public abstract class StoreContracts {
  /** As {@link StoreContract#open}. */
  protected abstract Store openIn(Path folder);

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
  class Search extends SearchContract {
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
  class Retention extends RetentionContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }

  @Nested
  class Forget extends ForgetContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }
  }
}
