package dev.engram.benchmarks.store;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Fills the store of a home with the records of thirty days. Batches are made by several threads,
 * and written by one in their order, so that the same number of records is the same store.
 */
final class LargeStore {
  private static final List<String> SERVICES = List.of("shop", "payment", "search", "support");
  private static final int REQUESTS_A_BATCH = 1_000;

  /** As {@link LargeRows} makes them, a little less. */
  private static final double RECORDS_A_REQUEST = 4.9;

  private static final Duration TIME = Duration.ofDays(30);
  private static final int MADE_AHEAD = 8;
  private static final int TOLD_AFTER = 100;

  private final List<InstanceId> instances = new ArrayList<>();
  private final long until;
  private final Consumer<String> progress;

  /**
   * Ends at this time.
   *
   * @param untilEpochNanos when the last record was made
   * @param progress takes a line for a person at a time
   */
  LargeStore(long untilEpochNanos, Consumer<String> progress) {
    until = untilEpochNanos;
    this.progress = progress;
    for (int i = 0; i < SERVICES.size(); i++) {
      instances.add(new InstanceId(new UUID(7, i)));
    }
  }

  /** So many records at least; how many there are. */
  long fill(Path home, long records) throws InterruptedException, ExecutionException {
    long requests = (long) (records / RECORDS_A_REQUEST) + 1;
    int batches = (int) (requests / REQUESTS_A_BATCH) + 1;
    long step = TIME.toNanos() / ((long) batches * REQUESTS_A_BATCH);
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (Store store = SqliteStore.open(SqliteStore.fileIn(home))) {
      begin(store.writer());
      long written = write(store.writer(), batches, step, threads);
      while (store.writer().catchUp() || store.writer().sumUp()) {
        // The words of the next rows, and their sums.
      }
      store.writer().sync();
      return written;
    } finally {
      threads.shutdownNow();
    }
  }

  private void begin(StoreWriter writer) {
    long start = until - TIME.toNanos();
    for (int i = 0; i < SERVICES.size(); i++) {
      writer.putInstance(
          new Instance(instances.get(i), SERVICES.get(i), "1.0", start, 0, Map.of()));
    }
  }

  private long write(StoreWriter writer, int batches, long step, ExecutorService threads)
      throws InterruptedException, ExecutionException {
    Queue<Future<List<Row>>> made = new ArrayDeque<>();
    long written = 0;
    for (int next = 0, batch = 0; batch < batches; batch++) {
      for (; next < batches && made.size() < MADE_AHEAD; next++) {
        made.add(make(next, step, threads));
      }
      written += write(writer, batch % SERVICES.size(), made.remove().get());
      if (batch % TOLD_AFTER == TOLD_AFTER - 1) {
        progress.accept("%,d records are written".formatted(written));
      }
    }
    return written;
  }

  /** Positions must be known before the rows are: each batch has room for many. */
  private Future<List<Row>> make(int batch, long step, ExecutorService threads) {
    long first = (long) batch * REQUESTS_A_BATCH;
    long from = until - TIME.toNanos() + first * step;
    InstanceId instance = instances.get(batch % SERVICES.size());
    long position = 1 + first * 100;
    return threads.submit(
        () -> new LargeRows(instance, batch, position, from, step).of(REQUESTS_A_BATCH));
  }

  private long write(StoreWriter writer, int service, List<Row> rows) {
    long last = rows.get(rows.size() - 1).position();
    Checkpoint end = new Checkpoint(last, last, 0);
    writer.write(new Batch(instances.get(service), rows, end, rows.size(), 0, 0, Map.of()));
    return rows.size();
  }
}
