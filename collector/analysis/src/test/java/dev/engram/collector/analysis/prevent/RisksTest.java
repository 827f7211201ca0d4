package dev.engram.collector.analysis.prevent;

import static dev.engram.collector.analysis.prevent.WatchedService.HOUR;
import static dev.engram.collector.analysis.prevent.WatchedService.MINUTE;
import static dev.engram.collector.analysis.prevent.WatchedService.NONE;
import static dev.engram.collector.analysis.prevent.WatchedService.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Kind;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Over which time risks are looked for, and when they are none any more. */
class RisksTest {
  @RegisterExtension final WatchedService service = new WatchedService();

  @Test
  void since_remembersWhatWasBefore() {
    service.measure("jvm.file_descriptor.limit", NONE, 26, hour -> 1000);
    DoubleUnaryOperator rising = hour -> 100 + 130 * (6 - hour);
    service.measure("jvm.file_descriptor.count", NONE, 26, hour -> rising.applyAsDouble(hour % 6));
    service.pool("max", null, 26, hour -> 20);
    service.pool("count", "used", 26, hour -> Math.round(16 - 2 * (hour % 6)));

    assertThat(service.find(NOW - 6 * HOUR)).isEmpty();
  }

  @Test
  void since_makesOneWindowOfAllFromThenOn() {
    service.measure("jvm.file_descriptor.limit", NONE, 40, hour -> 10_000);
    service.measure("jvm.file_descriptor.count", NONE, 40, hour -> 9000 - 200 * hour);

    assertThat(service.find(NOW - 40 * HOUR))
        .extracting(Risk::kind)
        .containsExactly(Kind.FILE_DESCRIPTOR_EXHAUSTION);
    assertThat(service.find(NOW - 2 * HOUR)).isEmpty();
    assertThat(service.find(NOW + HOUR)).isEmpty();
  }

  @Test
  void whatIsGone_isNoRiskAnyMore() {
    service.measure("jvm.file_descriptor.limit", NONE, 6, hour -> 1000);
    for (long time = NOW - 6 * HOUR; time < NOW - HOUR; time += MINUTE) {
      double hour = (double) (NOW - time) / HOUR;
      service.reading(time, "jvm.file_descriptor.count", NONE, 1000 - 130 * hour);
    }

    assertThat(service.find()).isEmpty();
  }

  /** Somebody has restarted it: that is the cure. */
  @Test
  void whatHasEnded_isNoRiskAnyMore() {
    service.measure("jvm.file_descriptor.limit", NONE, 6, hour -> 1000);
    service.measure("jvm.file_descriptor.count", NONE, 6, hour -> 995 - 130 * hour);
    service.pool("max", null, 6, hour -> 10);
    service.pool("count", "used", 6, hour -> 10);
    service.pool("pending_requests", null, 6, hour -> 3);
    service.ended = NOW - MINUTE;

    assertThat(service.find()).isEmpty();

    service.ended = NOW + MINUTE;

    assertThat(service.find()).hasSize(2);
  }

  @Test
  void label_isTheSame_asLongAsItIsTheSameRisk() {
    service.measure("jvm.thread.count", NONE, 24, hour -> 1000 - 35 * hour);
    String label = service.only().label();

    service.measure("jvm.thread.count", Map.of("other", "x"), 1, hour -> 5);

    assertThat(label).matches("I-[0-9a-f]{12}").isEqualTo(service.only().label());
  }
}
