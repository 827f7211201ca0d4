package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.TraceId;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Measures how fast plain spans with six attributes are written. Arguments: file, rows, rows per
 * batch.
 */
final class WriteRate {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(5, 6));
  private static final Random RANDOM = new Random(1);

  private WriteRate() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    int rows = Integer.parseInt(arguments[1]);
    int size = Integer.parseInt(arguments[2]);
    long[] commits = new long[rows / size];
    long spent = 0;
    long processor = 0;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Store store = SqliteStore.open(file)) {
      store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
      for (int i = 0; i < commits.length; i++) {
        Batch batch = batch((long) i * size, size);
        long begun = System.nanoTime();
        long processorBegun = threads.getCurrentThreadCpuTime();
        store.writer().write(batch);
        commits[i] = System.nanoTime() - begun;
        spent += commits[i];
        processor += threads.getCurrentThreadCpuTime() - processorBegun;
        store.writer().sync();
      }
    }
    Arrays.sort(commits);
    System.out.printf(
        "%,d rows in batches of %,d: %,d rows/s, %,d per CPU second, commit p50 %.1f ms, p99 %.1f ms, %.0f bytes a row%n",
        rows,
        size,
        Math.round(rows / (spent / 1e9)),
        Math.round(rows / (processor / 1e9)),
        commits[commits.length / 2] / 1e6,
        commits[commits.length * 99 / 100] / 1e6,
        (double) Files.size(file) / rows);
  }

  private static Batch batch(long from, int size) {
    List<Row> rows = new ArrayList<>(size);
    for (long position = from; position < from + size; position++) {
      rows.add(span(position));
    }
    Checkpoint end = new Checkpoint(from + size - 1, from + size - 1, 0);
    return new Batch(INSTANCE, rows, end, size, 0, 0, Map.of());
  }

  private static SpanRow span(long position) {
    return new SpanRow(
        INSTANCE,
        position,
        new TraceId(RANDOM.nextLong(), RANDOM.nextLong()),
        RANDOM.nextLong(),
        RANDOM.nextLong(),
        "SERVER",
        "http",
        "GET /cart/{id}",
        1_790_000_000_000_000_000L + position * 200_000,
        RANDOM.nextInt(50_000_000),
        "unset",
        null,
        Map.of(
            "http.request.method",
            "GET",
            "http.route",
            "/cart/{id}",
            "url.path",
            "/cart/" + RANDOM.nextInt(1_000_000),
            "http.response.status_code",
            200L,
            "server.port",
            8080L,
            "thread.name",
            "worker-" + RANDOM.nextInt(32)),
        List.of(),
        false);
  }
}
