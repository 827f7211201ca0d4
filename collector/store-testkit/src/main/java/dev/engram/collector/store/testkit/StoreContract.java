package dev.engram.collector.store.testkit;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.WriteResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every contract needs: a store of its own, opened before and closed after each test. */
public abstract class StoreContract {
  protected static final SpanFilter ALL_SPANS =
      new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);
  protected static final ExceptionFilter ALL_EXCEPTIONS =
      new ExceptionFilter(0, 0, null, 0, null, 0);
  protected static final MetricFilter ALL_METRICS = new MetricFilter(0, 0, null, 0);
  protected static final ThrowFilter ALL_THROW_COUNTS = new ThrowFilter(0, 0, null);
  protected static final DecisionFilter ALL_DECISIONS = new DecisionFilter(0, 0, null, null, 0, 0);
  protected static final StatementFilter ALL_STATEMENTS = new StatementFilter(0, 0, null, 0, 0);
  protected static final InstanceId CHECKOUT =
      new InstanceId(UUID.fromString("00000000-0000-4000-8000-0000000000c1"));
  protected static final InstanceId PAYMENT =
      new InstanceId(UUID.fromString("ffffffff-ffff-4fff-bfff-0000000000a2"));

  protected Path folder;
  protected Store store;

  /** Opens the store below this folder; a second call while the first is closed opens it again. */
  protected abstract Store open(Path folder);

  @BeforeEach
  void openStore(@TempDir Path folder) {
    this.folder = folder;
    store = open(folder);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected StoreWriter writer() {
    return store.writer();
  }

  protected StoreReader reader() {
    return store.reader();
  }

  protected void put(InstanceId instance, String service) {
    writer().putInstance(new Instance(instance, service, "1.0", 1_000, 0, Map.of()));
  }

  /** Writes rows in a batch that ends at the last of them. */
  protected WriteResult write(InstanceId instance, Row... rows) {
    return writer().write(batch(instance, rows));
  }

  protected static Batch batch(InstanceId instance, Row... rows) {
    long position = rows.length == 0 ? -1 : rows[rows.length - 1].position();
    return batch(instance, new Checkpoint(position, position, 0), rows);
  }

  protected static Batch batch(InstanceId instance, Checkpoint checkpoint, Row... rows) {
    return new Batch(instance, List.of(rows), checkpoint, rows.length, 0, 0, Map.of());
  }

  protected Accounting books(InstanceId instance) {
    return Objects.requireNonNull(reader().accounting().get(instance));
  }
}
