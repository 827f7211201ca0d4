package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service does that is worth a look is found in what it left behind. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class InsightsIT {
  private static final Fixture ORDERS =
      Fixture.of("Transactions", "of JDBC", "transactions", "com.h2database:h2:2.5.252")
          .with("routes");

  private static final Fixture LEAK = Fixture.of("Leak", "of the heap", "leak");
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration PAUSE = Duration.ofMillis(500);

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void callWhileATransactionIsOpen_isFound_andNoneAfterIt() {
    Child service = ORDERS.start(rig, jdk);
    Traffic traffic = Traffic.toApplication(service);
    String port = service.awaitLine(Pattern.compile("^listening on (\\d+)")).group(1);
    String charge = "?http://127.0.0.1:" + port + "/charge";
    traffic.get("/outside" + charge);
    traffic.get("/inside" + charge);
    Answer last = traffic.get("/inside" + charge);
    assertThat(last.body()).isEqualTo("charged");
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    List<JsonNode> found =
        memory.insights().stream().filter(insight -> isOf("call_in_transaction", insight)).toList();

    assertThat(found).hasSize(1);
    JsonNode insight = found.get(0);
    JsonNode attributes = insight.path("attributes");
    assertThat(insight.path("count").asInt()).isEqualTo(2);
    assertThat(insight.path("evidence").path("transactions").asInt()).isEqualTo(2);
    assertThat(insight.path("evidence").path("open_ns").asLong())
        .isGreaterThan(insight.path("total_ns").asLong());
    assertThat(attributes.path("engram.request.name").asText()).contains("/inside");
    assertThat(attributes.path("engram.call.name").asText()).contains("/charge");
    assertThat(attributes.path("server.port").asText()).isEqualTo(port);
    assertThat(attributes.path("db.query.text").asText())
        .isEqualTo("INSERT INTO orders VALUES (?)");
    assertThat(memory.trace(insight.path("trace_id").asText()).statements()).hasSize(2);
  }

  /** Twenty readings make a forecast, and there is one a second at most. */
  @Test
  @Tag("full")
  void heapThatLeaks_isForetold_beforeItIsFull() {
    rig.collector(jdk);
    Child service =
        LEAK.start(rig, jdk, "-Xmx100m", "-XX:+UseSerialGC", "-Dengram.readings.interval=1s");
    Instant begin = Instant.now();
    service.awaitLine(Pattern.compile("^most is gone"));
    Instant end = Instant.now();
    Memory memory = rig.memory(jdk);

    List<JsonNode> found =
        await()
            .atMost(PATIENCE)
            .pollInterval(PAUSE)
            .until(
                () ->
                    memory.insightsBetween(begin, end).stream()
                        .filter(insight -> isOf("heap_exhaustion", insight))
                        .toList(),
                insights -> !insights.isEmpty());

    assertThat(service.isAlive()).isTrue();
    JsonNode insight = found.get(0);
    assertThat(insight.path("severity").asText()).isEqualTo("critical");
    assertThat(insight.path("horizon_ns").asLong()).isLessThan(Duration.ofMinutes(2).toNanos());
    assertThat(insight.path("evidence").path("limit").asDouble()).isPositive();
    service.stop();
  }

  private static boolean isOf(String kind, JsonNode insight) {
    return insight.path("kind").asText().equals(kind);
  }
}
