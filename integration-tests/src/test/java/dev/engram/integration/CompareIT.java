package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a new version of a service changed is found in what both left behind. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class CompareIT {
  private static final Fixture SERVICE = Fixture.of("Service", "of two versions", "versions");

  /** More than the gate wants to compare medians. */
  private static final int REQUESTS = 40;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void laterVersion_isSlowerHasANewErrorAndAnotherRoute() {
    run("1.4", false);
    run("1.5", true);
    Memory memory = rig.memory(jdk).drain();

    List<JsonNode> changes = memory.changes();

    JsonNode slower = only("route_slower", "GET /cart", changes);
    assertThat(slower.path("before").path("count").asInt()).isEqualTo(REQUESTS);
    assertThat(slower.path("ratio_low").asDouble()).isGreaterThan(1.2);
    JsonNode error = only("error_new", "E-", changes);
    assertThat(error.path("detail").asText())
        .isEqualTo("java.lang.IllegalStateException: no price");
    assertThat(error.path("after").path("count").asInt()).isEqualTo(1);
    assertThat(only("route_vanished", "GET /", changes).path("subject").asText())
        .isEqualTo("GET /old");
    assertThat(only("route_appeared", "GET /", changes).path("subject").asText())
        .isEqualTo("GET /new");

    Child backwards = memory.run("compare", "--versions", "1.5,1.4", "--json");
    assertThat(backwards.out()).anyMatch(line -> line.contains("\"route_faster\""));
    assertThat(backwards.err())
        .anyMatch(line -> line.startsWith("engram: compared version 1.5 (121 requests)"));
  }

  private void run(String version, boolean later) {
    Child service =
        SERVICE.start(
            rig,
            jdk,
            "-Dengram.service=orders",
            "-Dengram.service.version=" + version,
            "-Dlater=" + later);
    Traffic traffic = Traffic.toApplication(service);
    for (int i = 0; i < REQUESTS; i++) {
      traffic.get("/cart");
      traffic.get("/same");
      traffic.get(later ? "/new" : "/old");
    }
    if (later) {
      BodyPublisher nothing = BodyPublishers.noBody();
      assertThatThrownBy(() -> traffic.send(Traffic.newTraceId(), "POST", "/order", nothing))
          .isInstanceOf(IOException.class);
    } else {
      traffic.post("/order", "{}");
    }
    service.stop();
  }

  /** A busy machine may have made another route slower too. */
  private static JsonNode only(String kind, String subject, List<JsonNode> changes) {
    List<JsonNode> found =
        changes.stream()
            .filter(change -> change.path("change").asText().equals(kind))
            .filter(change -> change.path("subject").asText().startsWith(subject))
            .toList();
    assertThat(found).as("%s in %s", kind, changes).hasSize(1);
    return found.get(0);
  }
}
