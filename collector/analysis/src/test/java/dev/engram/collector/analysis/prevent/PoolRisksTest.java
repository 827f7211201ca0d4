package dev.engram.collector.analysis.prevent;

import static dev.engram.collector.analysis.prevent.WatchedService.HOUR;
import static dev.engram.collector.analysis.prevent.WatchedService.INSTANCE;
import static dev.engram.collector.analysis.prevent.WatchedService.NOW;
import static dev.engram.collector.analysis.prevent.WatchedService.POOL;
import static dev.engram.collector.analysis.prevent.WatchedService.SECOND;
import static dev.engram.collector.analysis.prevent.WatchedService.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.analysis.Severity;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoreReader;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connection pools that fill, and that are full. */
class PoolRisksTest {
  @RegisterExtension final WatchedService service = new WatchedService();

  @Test
  void fillingPool_isFound_withTheRequestsThatItBears() {
    service.pool("max", null, 6, hour -> 20);
    service.pool("count", "used", 6, hour -> Math.round(16 - 2 * hour));
    for (long time = NOW - HOUR; time < NOW; time += SECOND) {
      request(time);
    }

    Risk risk = service.only();

    assertThat(risk.kind()).isEqualTo(Kind.POOL_SATURATION);
    assertThat(risk.subject()).isEqualTo("orders");
    assertThat(risk.evidence().get("used")).isCloseTo(16, within(0.5));
    assertThat(risk.evidence()).containsEntry("max", 20.0);
    assertThat(risk.evidence().get("requests_per_second_borne"))
        .isCloseTo(
            Objects.requireNonNull(risk.evidence().get("requests_per_second")) * 20 / 16,
            within(0.05));
  }

  @Test
  void fullPool_isExhausted_whenCallersWaitAgainAndAgain() {
    service.pool("max", null, 1, hour -> 10);
    service.pool("count", "used", 1, hour -> 10);
    service.pool("pending_requests", null, 1, hour -> 3);

    assertThat(service.only().kind()).isEqualTo(Kind.POOL_EXHAUSTED);
    assertThat(service.only().severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void fullPool_isExhausted_howeverLongTheTimeThatIsLookedAt() {
    service.pool("max", null, 24, hour -> 10);
    service.pool("count", "used", 24, hour -> hour < 0.5 ? 10 : 2);
    service.pool("pending_requests", null, 24, hour -> hour < 0.5 ? 3 : 0);

    assertThat(service.find(NOW - 24 * HOUR))
        .extracting(Risk::kind)
        .containsExactly(Kind.POOL_EXHAUSTED);
  }

  /** Of long windows each part has such a moment. */
  @Test
  void poolThatIsFullForAMomentOfEachHour_isNone() {
    DoubleUnaryOperator minute = hour -> Math.round(hour * 60) % 60;
    service.pool("max", null, 24, hour -> 10);
    service.pool("count", "used", 24, hour -> minute.applyAsDouble(hour) == 20 ? 10 : 1);
    service.pool("pending_requests", null, 24, hour -> minute.applyAsDouble(hour) == 20 ? 3 : 0);

    assertThat(service.find()).isEmpty();
    assertThat(service.find(NOW - 24 * HOUR)).isEmpty();
  }

  @Test
  void requests_areReadOnce_howeverManyPoolsFill() {
    for (int i = 0; i < 5; i++) {
      Map<String, Object> pool = Map.of(POOL, "pool-" + i);
      service.measure("db.client.connection.max", pool, 1, hour -> 10);
      service.measure("db.client.connection.pending_requests", pool, 1, hour -> 3);
      service.measure(
          "db.client.connection.count",
          Map.of(POOL, "pool-" + i, "db.client.connection.state", "used"),
          1,
          hour -> 10);
    }
    service.write(INSTANCE);
    AtomicInteger kinds = new AtomicInteger();

    assertThat(Risks.find(counting(kinds), filter(0), NOW)).hasSize(5);
    assertThat(kinds).hasValue(1);
  }

  @Test
  void busyPool_andABurst_areNone() {
    service.pool("max", null, 24, hour -> 10);
    service.pool("count", "used", 24, hour -> hour > 0.1 && hour < 0.15 ? 10 : 7);
    service.pool("pending_requests", null, 24, hour -> hour > 0.1 && hour < 0.15 ? 3 : 0);

    assertThat(service.find()).isEmpty();
  }

  /** Counts how often requests are read. */
  private StoreReader counting(AtomicInteger times) {
    StoreReader real = service.store.reader();
    return (StoreReader)
        Proxy.newProxyInstance(
            StoreReader.class.getClassLoader(),
            new Class<?>[] {StoreReader.class},
            (proxy, method, arguments) -> {
              if (arguments != null
                  && arguments[0] instanceof SpanFilter spans
                  && "SERVER".equals(spans.kind())) {
                times.incrementAndGet();
              }
              return method.invoke(real, arguments);
            });
  }

  private void request(long time) {
    service.span("SERVER", 0, time, 1_000, "unset", Map.of());
  }
}
