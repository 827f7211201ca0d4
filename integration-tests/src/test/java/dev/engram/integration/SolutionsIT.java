package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.RefusedApp;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What people say of an error stays: what helps against it, and that it is resolved. */
@Tag("full")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#all")
class SolutionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void error_isRecognised_solved_resolved_andRegresses() {
    Memory memory = runAs("1.0");
    String error = onlyError(memory).path("id").asText();
    JsonNode shipped = show(memory, error).path("solutions");
    assertThat(shipped.findValuesAsText("id")).contains("S-connect-refused");
    assertThat(shipped.get(0).path("link").asText()).startsWith("https://");

    Child collector = rig.java("collect", jdk).commandLine("collect").start();
    collector.awaitLine(Pattern.compile("^engram: collecting into .*"));
    String added =
        json(memory.run("solutions", "add", error, "--remedy", "start the warehouse", "--json"))
            .path("id")
            .asText();
    assertRemembered(memory.run("solutions", "worked", added, error, "--author", "ada"));
    collector.stop();
    assertRemembered(memory.run("errors", "name", error, "no warehouse"));
    assertRemembered(memory.run("errors", "resolve", error));

    JsonNode best = show(memory, error).path("solutions").get(0);
    assertThat(best.path("id").asText()).isEqualTo(added);
    assertThat(best.path("worked").asInt()).isEqualTo(1);
    assertThat(best.path("worked_rate_low").asDouble()).isBetween(0.15, 0.16);
    assertThat(onlyError(memory).path("state").asText()).isEqualTo("resolved");

    runAs("1.1");
    JsonNode again = onlyError(memory);
    assertThat(again.path("id").asText()).isEqualTo(error);
    assertThat(again.path("count").asInt()).isEqualTo(2 * RefusedApp.ORDERS);
    assertThat(again.path("state").asText()).isEqualTo("regressed");
    assertThat(again.path("state_version").asText()).isEqualTo("1.1");
    assertThat(again.path("name").asText()).isEqualTo("no warehouse");

    assertRemembered(memory.run("errors", "ignore", error));
    assertThat(memory.errors()).isEmpty();
    memory.assertSettled();
  }

  private Memory runAs(String version) {
    Child app =
        rig.java("app " + version, jdk)
            .agent()
            .options("-Dengram.service=orders", "-Dengram.service.version=" + version)
            .applicationWithApi(RefusedApp.class)
            .start();
    assertThat(app.awaitExit()).as(app::describe).isZero();
    return rig.memory(jdk).drain();
  }

  private static JsonNode onlyError(Memory memory) {
    assertThat(memory.errors()).hasSize(1);
    return memory.errors().get(0);
  }

  private static JsonNode show(Memory memory, String error) {
    return json(memory.run("errors", "show", error, "--json"));
  }

  private static void assertRemembered(Child told) {
    assertThat(told.awaitExit()).as(told::describe).isZero();
    assertThat(told.out().get(0)).startsWith("remembered: ");
  }

  private static JsonNode json(Child child) {
    assertThat(child.awaitExit()).as(child::describe).isZero();
    try {
      return JSON.readTree(child.out().get(0));
    } catch (JsonProcessingException broken) {
      throw new AssertionError(broken);
    }
  }
}
