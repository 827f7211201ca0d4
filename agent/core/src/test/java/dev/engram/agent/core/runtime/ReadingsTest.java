package dev.engram.agent.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.sql.ConnectionPools;
import dev.engram.agent.core.sql.PoolReader;
import dev.engram.agent.core.sql.PoolState;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingsTest {
  private record Reading(String name, String unit, double value, Map<String, Object> attributes) {}

  @TempDir Path home;
  private final AtomicLong nanoTime = new AtomicLong(-5);
  private final List<Reading> taken = new ArrayList<>();

  @Test
  void readings_areTakenEveryTenSeconds() {
    Readings readings = readings();
    beat(readings, 9);
    assertThat(taken).isEmpty();
    beat(readings, 1);
    int once = taken.size();
    beat(readings, 10);

    assertThat(once).isPositive();
    assertThat(taken.stream().filter(it -> it.name().equals("jvm.thread.count"))).hasSize(2);
  }

  @Test
  void readings_tellOfMemoryThreadsProcessorsFilesAndDisk() {
    ByteBuffer direct = ByteBuffer.allocateDirect(1 << 16);
    byte[][] garbage = new byte[64][];
    for (int i = 0; i < garbage.length; i++) {
      garbage[i] = new byte[1 << 16];
    }
    beat(readings(), 10);

    assertThat(taken).allSatisfy(it -> assertThat(it.value()).isNotNegative());
    assertThat(value("jvm.memory.used", "jvm.memory.type", "heap")).isGreaterThan(64 << 16);
    assertThat(value("jvm.memory.used", "jvm.memory.type", "non_heap")).isPositive();
    assertThat(value("jvm.buffer.memory.used", "jvm.buffer.pool.name", "direct"))
        .isGreaterThanOrEqualTo(direct.capacity());
    assertThat(value("jvm.memory.limit", "jvm.memory.type", "heap"))
        .isEqualTo(Runtime.getRuntime().maxMemory());
    assertThat(names())
        .contains(
            "jvm.memory.used_after_last_gc",
            "jvm.class.count",
            "jvm.thread.count",
            "jvm.cpu.recent_utilization",
            "system.cpu.utilization",
            "jvm.file_descriptor.count",
            "jvm.file_descriptor.limit");
    assertThat(value("system.filesystem.usage", "system.filesystem.state", "free")).isPositive();
  }

  @Test
  void collections_areTheTimeSinceTheLastReading() {
    Readings readings = readings();
    beat(readings, 10);
    double before = collected();
    System.gc();
    beat(readings, 10);
    double withOne = collected();
    beat(readings, 10);

    assertThat(before).isNotNegative();
    assertThat(withOne).isGreaterThan(before);
    assertThat(collected()).isLessThan(2 * withOne + 1);
  }

  @Test
  void collections_areCounted_andTheLongestIsTold() {
    Readings readings = readings();
    beat(readings, 10);
    await()
        .until(
            () -> {
              System.gc();
              beat(readings, 10);
              return names().contains("engram.jvm.gc.longest");
            });

    assertThat(names()).contains("engram.jvm.gc.count");
    assertThat(taken)
        .filteredOn(it -> it.name().equals("engram.jvm.gc.longest"))
        .allSatisfy(it -> assertThat(it.value()).isBetween(0.001, 60.0));
  }

  @Test
  void whatCollectorsDoBesideTheApplication_isNoPause() {
    assertThat(List.of("G1 Young Generation", "ZGC Minor Pauses", "Shenandoah Pauses", "Copy"))
        .allMatch(GarbageCollectionReadings::isOfPauses);
    assertThat(List.of("ZGC Cycles", "ZGC Major Cycles", "Shenandoah Cycles"))
        .noneMatch(GarbageCollectionReadings::isOfPauses);
  }

  @Test
  void pools_areReadByName_andWhatIsNotKnownIsLeftOut() {
    PoolReader reader = pool -> new PoolState(3, 2, 1, -1);
    Object pool = new Object();
    ConnectionPools.add("orders", pool, reader);
    beat(readings(), 10);

    assertThat(taken)
        .filteredOn(it -> "orders".equals(it.attributes().get("db.client.connection.pool.name")))
        .extracting(
            it -> it.name() + " " + it.attributes().get("db.client.connection.state"),
            Reading::unit,
            Reading::value)
        .containsExactly(
            tuple("db.client.connection.count used", "{connection}", 3.0),
            tuple("db.client.connection.count idle", "{connection}", 2.0),
            tuple("db.client.connection.pending_requests null", "{request}", 1.0));
    assertThat(reader.read(pool)).isNotNull();
  }

  @Test
  void noInterval_readsNothing() {
    beat(readings(Duration.ZERO), 100);
    assertThat(taken).isEmpty();
  }

  private Readings readings() {
    return readings(Duration.ofSeconds(10));
  }

  private Readings readings(Duration interval) {
    return new Readings(
        home,
        interval,
        nanoTime::get,
        (name, unit, value, attributes) -> taken.add(new Reading(name, unit, value, attributes)));
  }

  private void beat(Readings readings, int seconds) {
    for (int i = 0; i < seconds; i++) {
      nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
      readings.beat();
    }
  }

  private List<String> names() {
    return taken.stream().map(Reading::name).toList();
  }

  private double value(String name, String key, String text) {
    return taken.stream()
        .filter(it -> it.name().equals(name) && text.equals(it.attributes().get(key)))
        .mapToDouble(Reading::value)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + taken));
  }

  private double collected() {
    return taken.stream()
        .filter(it -> it.name().equals("jvm.gc.duration"))
        .mapToDouble(Reading::value)
        .sum();
  }
}
