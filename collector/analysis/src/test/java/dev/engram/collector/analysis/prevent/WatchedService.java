package dev.engram.collector.analysis.prevent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A service of which rows are written, and the risks that are found in them; one for each test. */
final class WatchedService implements AfterEachCallback {
  static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  static final long HOUR = TimeUnit.HOURS.toNanos(1);
  static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  static final long NOW = 1_000_000 * HOUR;
  static final double MIB = 1 << 20;
  static final Map<String, Object> HEAP = Map.of("jvm.memory.type", "heap");
  static final Map<String, Object> NONE = Map.of();
  static final String POOL = "db.client.connection.pool.name";

  final InMemoryStore store = new InMemoryStore();
  final List<Row> rows = new ArrayList<>();
  long position;
  long started = NOW - 48 * HOUR;
  long ended;

  @Override
  public void afterEach(ExtensionContext context) {
    store.close();
  }

  Risk only() {
    List<Risk> found = find();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  List<Risk> find() {
    return find(0);
  }

  List<Risk> find(long since) {
    write(INSTANCE);
    return Risks.find(store.reader(), filter(since), NOW);
  }

  static MetricFilter filter(long since) {
    return new MetricFilter(since, 0, null, 0);
  }

  void put(InstanceId id) {
    store
        .writer()
        .putInstance(new Instance(id, "shop", "1", started, ended, Map.of("host.name", "alpha")));
  }

  void write(InstanceId id) {
    put(id);
    Checkpoint end = new Checkpoint(position, position, 0);
    store.writer().write(new Batch(id, rows, end, rows.size(), 0, 0, Map.of()));
    rows.clear();
  }

  /** Every minute; the level is that of so many hours before now. */
  void measure(
      String name, Map<String, Object> attributes, double hours, DoubleUnaryOperator level) {
    for (long time = NOW - (long) (hours * HOUR); time < NOW; time += MINUTE) {
      double hour = (double) (NOW - time) / HOUR;
      reading(time, name, attributes, level.applyAsDouble(hour));
    }
  }

  void pool(String name, @Nullable String state, double hours, DoubleUnaryOperator level) {
    Map<String, Object> attributes =
        state == null
            ? Map.of(POOL, "orders")
            : Map.of(POOL, "orders", "db.client.connection.state", state);
    measure("db.client.connection." + name, attributes, hours, level);
  }

  void reading(long time, String name, Map<String, Object> attributes, double value) {
    rows.add(new MeasurementRow(next(), time, name, "1", value, attributes));
  }

  void span(
      String kind,
      long parent,
      long start,
      long duration,
      String status,
      Map<String, Object> attributes) {
    long position = next();
    rows.add(
        new SpanRow(
            INSTANCE,
            position,
            new TraceId(1, 1),
            100_000 + position,
            parent,
            kind,
            "http",
            "POST",
            start,
            duration,
            status,
            null,
            attributes,
            List.of(),
            false));
  }

  long next() {
    return ++position;
  }
}
