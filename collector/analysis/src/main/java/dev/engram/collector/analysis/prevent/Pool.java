package dev.engram.collector.analysis.prevent;

import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MetricSummary;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A connection pool in a window.
 *
 * @param used how many of its connections are in use
 */
record Pool(Window window, Series used) {
  private static final String NAME = "db.client.connection.pool.name";
  private static final String COUNT = "db.client.connection.count";
  private static final String WAITING = "db.client.connection.pending_requests";
  private static final String MOST = "db.client.connection.max";

  /** What is true of now is looked for in the last third. */
  static final int LATELY = Window.PARTS * 2 / 3;

  private static final int LEAST_PARTS = (Window.PARTS - LATELY) / 2;

  /** Those that are there at its end. */
  static Stream<Pool> of(Window window) {
    return window
        .alive(COUNT)
        .filter(series -> series.has("db.client.connection.state", "used"))
        .map(used -> new Pool(window, used));
  }

  InstanceId instance() {
    return used.latest().instance();
  }

  String name() {
    return name(used);
  }

  /** How many connections it may have; 0 when it does not tell. */
  double most() {
    return series(MOST)
        .flatMap(max -> max.from(LATELY))
        .mapToDouble(MetricSummary::last)
        .max()
        .orElse(0);
  }

  /** Again and again all are in use and somebody waits, to the end. */
  boolean isExhausted() {
    double most = most();
    Series waiting = series(WAITING).findFirst().orElse(null);
    if (waiting == null || most <= 0) {
      return false;
    }
    int[] present = waiting.present(LATELY);
    long full = 0;
    boolean isFull = false;
    for (int part : present) {
      MetricSummary connections = used.parts()[part];
      isFull =
          Objects.requireNonNull(waiting.parts()[part]).max() > 0
              && connections != null
              && connections.max() >= most;
      full += isFull ? 1 : 0;
    }
    return isFull && present.length >= LEAST_PARTS && full * 2 >= present.length;
  }

  /** Of the samples that end each part lately. */
  double meanInUse() {
    return used.from(LATELY).mapToDouble(MetricSummary::last).average().orElse(0);
  }

  private Stream<Series> series(String metric) {
    List<Object> pool = List.of(instance(), name());
    return window.named(metric).stream()
        .filter(series -> List.of(series.latest().instance(), name(series)).equals(pool));
  }

  private static String name(Series series) {
    return String.valueOf(series.latest().attributes().get(NAME));
  }
}
