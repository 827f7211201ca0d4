package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a method was given that threw is seen with its error, and no secret in it. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class ArgumentsIT {
  private static final String SECRET = "Zq7Xv93KaB3dE5fG7hJ9kL1m";

  private static final Fixture SERVICE =
      Fixture.of(
          "arguments",
          "3.5.9",
          "arguments",
          "org.springframework.boot:spring-boot-starter-web:3.5.9");

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void argumentsOfTheMethodThatThrew_areShownWithItsError() throws IOException {
    Child service = SERVICE.start(rig, jdk, "-Dengram.app-packages=com.acme");
    Traffic traffic = Traffic.toApplication(service);
    String note = "Bearer%20" + SECRET;
    String query = "?quantity=13&password=" + SECRET + "&note=" + note;
    assertThat(traffic.get("/orders/7" + query).status()).isEqualTo(500);
    assertThat(traffic.post("/orders", "{\"product\":\"chair\"}").status()).isEqualTo(500);
    assertThat(traffic.get("/stock/chair?quantity=3").body()).isEqualTo("taken");
    assertThat(traffic.get("/stock/chair?quantity=13").status()).isEqualTo(500);
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    assertThat(shown(memory, "never works"))
        .containsSubsequence(
            "arguments of com.acme.Main$Orders.order",
            "  id = 7",
            "  note = Bearer [redacted]",
            "  password = [redacted]",
            "  quantity = 13");
    assertThat(shown(memory, "not yet"))
        .containsSubsequence(
            "arguments of com.acme.Main$Orders.place", "  order = com.acme.Main$Order");
    assertThat(shown(memory, "not taken"))
        .containsSubsequence("arguments of com.acme.Main$Stock.check", "  pieces = 13")
        .noneMatch(line -> line.contains("product ="));
    assertThat(HomeFiles.holding(rig.home(), SECRET)).isEmpty();
  }

  private static List<String> shown(Memory memory, String message) {
    JsonNode error =
        memory.errors().stream()
            .filter(it -> it.path("message").asText().equals(message))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no error " + message));
    return memory.run("show", error.path("id").asText()).out();
  }
}
