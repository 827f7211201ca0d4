package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.HttpServerApp;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What an agent says of itself. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class DoctorIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void service_saysWhatIsInstrumented_andWhereSettingsComeFrom() {
    Child impatient =
        rig.java("doctor", jdk).commandLine("doctor", "--for", "1s", "--", "sleep", "100").start();
    Child doctor =
        rig.java("doctor", jdk)
            .environment("ENGRAM_INSTRUMENTATION_OKHTTP_ENABLED", "false")
            .commandLine("doctor", "--", jdk.program("java"))
            .arguments("-Dengram.readings.interval=0s", "-Dengram.sevice=shop")
            .arguments("-cp", Artifacts.applications().toString(), HttpServerApp.class.getName())
            .start();
    Traffic.toApplication(doctor).get("/hello");
    await("the agent says what it did")
        .atMost(Duration.ofSeconds(60))
        .until(() -> !HomeFiles.saying(rig.home(), "sun.net.httpserver.").isEmpty());

    String pid = json(rig.memory(jdk).run("switch", "--json")).at("/services/0/pid").asText();
    Child byPid = rig.memory(jdk).run("doctor", "--json", pid);
    assertThat(byPid.awaitExit()).as(byPid::describe).isEqualTo(1);
    assertSaid(json(byPid));

    // Stopping a child closes its output, and the answer is still to come.
    doctor.handle().destroy();
    assertThat(doctor.awaitExit()).as(doctor::describe).isEqualTo(1);
    assertThat(doctor.err()).anyMatch(line -> line.startsWith("listening on "));
    assertThat(doctor.out().get(0)).startsWith("HttpServerApp  pid " + pid);
    assertThat(doctor.out())
        .anyMatch(line -> line.matches("jdk-http-server +on +[1-9].*"))
        .anyMatch(line -> line.matches("engram.home .* environment variable ENGRAM_HOME"))
        .anyMatch(line -> line.startsWith("wrong: unknown setting engram.sevice"));
    assertThat(impatient.awaitExit()).as(impatient::describe).isEqualTo(1);
    assertThat(impatient.err()).singleElement().asString().contains("ran no JVM with the agent");
  }

  private static void assertSaid(JsonNode said) {
    assertThat(said.path("attached").asBoolean(true)).isFalse();
    assertThat(find(said, "settings", "key", "engram.readings.interval").path("source").asText())
        .isEqualTo("system property");
    assertThat(find(said, "settings", "key", "engram.home").path("source").asText())
        .isEqualTo("environment variable ENGRAM_HOME");
    assertThat(find(said, "settings", "key", "engram.capture").path("source").asText())
        .isEqualTo("default");
    JsonNode server = find(said, "instrumentations", "name", "jdk-http-server");
    assertThat(server.path("state").asText()).isEqualTo("on");
    assertThat(server.path("classes").asInt()).isPositive();
    assertThat(find(said, "instrumentations", "name", "okhttp").path("state").asText())
        .isEqualTo("off by setting");
    assertThat(said.path("problems"))
        .singleElement()
        .satisfies(line -> assertThat(line.asText()).contains("did you mean engram.service?"));
  }

  private static JsonNode find(JsonNode report, String list, String key, String value) {
    return StreamSupport.stream(report.path(list).spliterator(), false)
        .filter(element -> element.path(key).asText().equals(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + value + " in " + report));
  }

  private static JsonNode json(Child command) {
    assertThat(command.out()).hasSize(1);
    try {
      return new ObjectMapper().readTree(command.out().get(0));
    } catch (JsonProcessingException broken) {
      throw new AssertionError(command.describe(), broken);
    }
  }
}
