package dev.engram.collector.analysis.prevent;

import static dev.engram.collector.analysis.prevent.WatchedService.HEAP;
import static dev.engram.collector.analysis.prevent.WatchedService.HOUR;
import static dev.engram.collector.analysis.prevent.WatchedService.INSTANCE;
import static dev.engram.collector.analysis.prevent.WatchedService.MIB;
import static dev.engram.collector.analysis.prevent.WatchedService.MINUTE;
import static dev.engram.collector.analysis.prevent.WatchedService.NONE;
import static dev.engram.collector.analysis.prevent.WatchedService.NOW;
import static dev.engram.collector.analysis.prevent.WatchedService.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Horizon;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.analysis.Severity;
import dev.engram.collector.store.InstanceId;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Memory, file descriptors, threads and disks that come to an end. */
class ResourceRisksTest {
  private static final Map<String, Object> FREE =
      Map.of("system.filesystem.state", "free", "system.filesystem.mountpoint", "/data");

  @RegisterExtension final WatchedService service = new WatchedService();

  @Test
  void leakingHeap_isFound_withItsHorizon() {
    service.measure("jvm.memory.limit", HEAP, 6, hour -> 1024 * MIB);
    service.measure("jvm.memory.used_after_last_gc", HEAP, 6, hour -> (900 - 100 * hour) * MIB);

    Risk risk = service.only();

    assertThat(risk.kind()).isEqualTo(Kind.HEAP_EXHAUSTION);
    assertThat(risk.severity()).isEqualTo(Severity.WARNING);
    assertThat(risk.instance()).isEqualTo(INSTANCE);
    Horizon horizon = Objects.requireNonNull(risk.horizon());
    assertThat((double) horizon.nanos() / HOUR).isCloseTo(1.24, within(0.3));
    assertThat(horizon.earliestNanos()).isLessThanOrEqualTo(horizon.nanos());
    assertThat(horizon.latestNanos()).isGreaterThanOrEqualTo(horizon.nanos());
    assertThat(risk.evidence().get("growth_per_hour")).isCloseTo(100 * MIB, within(MIB));
    assertThat(risk.evidence()).containsEntry("limit", 1024 * MIB);
  }

  @Test
  void heapThatIsCollected_isNone() {
    service.measure("jvm.memory.limit", HEAP, 24, hour -> 1024 * MIB);
    service.measure(
        "jvm.memory.used_after_last_gc", HEAP, 24, hour -> (800 - 500 * (hour % 1)) * MIB);

    assertThat(service.find()).isEmpty();
  }

  /** Before its first collection a JVM says 0, and its caches fill after a start. */
  @Test
  void startOfAJvm_isNone() {
    service.started = NOW - 50 * MINUTE;
    service.measure("jvm.memory.limit", HEAP, 0.8, hour -> 1024 * MIB);
    service.measure(
        "jvm.memory.used_after_last_gc",
        HEAP,
        0.8,
        hour -> hour > 0.7 ? 0 : 900 * MIB * (1 - Math.exp(-(0.7 - hour) / 0.15)));

    assertThat(service.find()).isEmpty();
  }

  @Test
  void whatHasBeenAsHighBefore_andCameDown_isNone() {
    service.measure("jvm.file_descriptor.limit", NONE, 24, hour -> 1000);
    DoubleUnaryOperator rising = hour -> 100 + 130 * (6 - hour);
    service.measure("jvm.file_descriptor.count", NONE, 24, hour -> rising.applyAsDouble(hour % 6));

    assertThat(service.find()).isEmpty();
  }

  @Test
  void fileDescriptors_runOut_atTheirLimit() {
    service.measure("jvm.file_descriptor.limit", NONE, 6, hour -> 1000);
    service.measure("jvm.file_descriptor.count", NONE, 6, hour -> 880 - 130 * hour);

    assertThat(service.only().kind()).isEqualTo(Kind.FILE_DESCRIPTOR_EXHAUSTION);
    assertThat(service.only().severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void resourceWithoutANearLimit_leaks_whenItDoubledInADay() {
    service.measure("jvm.thread.count", NONE, 24, hour -> 1000 - 35 * hour);
    service.measure("jvm.file_descriptor.count", NONE, 24, hour -> 1000 - 35 * hour);

    assertThat(service.only().kind()).isEqualTo(Kind.THREAD_LEAK);
    assertThat(service.only().severity()).isEqualTo(Severity.NOTICE);
    assertThat(service.only().horizon()).isNull();
  }

  @Test
  void threadsThatFollowTheLoad_areNone() {
    service.measure(
        "jvm.thread.count", NONE, 24, hour -> 600 + 500 * Math.cos(hour / 24 * 2 * Math.PI));

    assertThat(service.find()).isEmpty();
  }

  @Test
  void fillingDisk_isFoundOnce_howeverManyInstancesSeeIt() {
    service.put(new InstanceId(new UUID(1, 3)));
    service.measure("system.filesystem.usage", FREE, 24, hour -> (10 + 2 * hour) * 1024 * MIB);
    service.write(INSTANCE);
    service.measure("system.filesystem.usage", FREE, 24, hour -> (10 + 2 * hour) * 1024 * MIB);
    service.write(new InstanceId(new UUID(1, 3)));

    Risk risk = service.only();

    assertThat(risk.kind()).isEqualTo(Kind.DISK_EXHAUSTION);
    assertThat(risk.subject()).isEqualTo("/data");
    assertThat((double) Objects.requireNonNull(risk.horizon()).nanos() / HOUR)
        .isCloseTo(5, within(1.0));
  }

  @Test
  void fillingDisk_isFound_throughRestarts() {
    for (int life = 8; life > 0; life--) {
      InstanceId id = new InstanceId(new UUID(1, 10 + life));
      service.started = NOW - 3 * life * HOUR;
      service.ended = life == 1 ? 0 : service.started + 3 * HOUR;
      for (long time = service.started; time < service.started + 3 * HOUR; time += MINUTE) {
        double hour = (double) (NOW - time) / HOUR;
        service.reading(time, "system.filesystem.usage", FREE, (10 + 2 * hour) * 1024 * MIB);
      }
      service.write(id);
    }

    Risk risk = Risks.find(service.store.reader(), filter(0), NOW).get(0);

    assertThat(risk.kind()).isEqualTo(Kind.DISK_EXHAUSTION);
    assertThat(risk.instance()).isEqualTo(new InstanceId(new UUID(1, 11)));
    assertThat((double) Objects.requireNonNull(risk.horizon()).nanos() / HOUR)
        .isCloseTo(5, within(1.0));
  }

  @Test
  void whatHasReachedItsLimit_isFound_thoughItRisesNoMore() {
    service.measure("jvm.memory.limit", HEAP, 3, hour -> 1024 * MIB);
    service.measure(
        "jvm.memory.used_after_last_gc", HEAP, 3, hour -> Math.min(1010, 2000 - 900 * hour) * MIB);
    service.measure("jvm.file_descriptor.limit", NONE, 3, hour -> 1000);
    service.measure("jvm.file_descriptor.count", NONE, 3, hour -> 1000);
    service.measure("system.filesystem.usage", FREE, 3, hour -> 0);

    assertThat(service.find())
        .extracting(Risk::kind, Risk::severity, Risk::horizon)
        .containsExactly(
            tuple(Kind.HEAP_EXHAUSTION, Severity.CRITICAL, Horizon.at(0)),
            tuple(Kind.FILE_DESCRIPTOR_EXHAUSTION, Severity.CRITICAL, Horizon.at(0)),
            tuple(Kind.DISK_EXHAUSTION, Severity.CRITICAL, Horizon.at(0)));
    assertThat(service.find().get(0).evidence())
        .containsEntry("last_level", 1010 * MIB)
        .containsEntry("limit", 1024 * MIB);
  }

  @Test
  void whatIsNearItsLimit_andWasFullForAMoment_isNone() {
    service.measure("jvm.file_descriptor.limit", NONE, 3, hour -> 1000);
    service.measure("jvm.file_descriptor.count", NONE, 3, hour -> hour < 0.05 ? 1000 : 970);

    assertThat(service.find()).isEmpty();
  }
}
