package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Narrowed questions about a service that ran, and how their answers are written. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class FiltersIT {
  /** What shells make of a process that ended by SIGINT. */
  private static final int INTERRUPTED = 130;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void memory_isAskedByRouteVersionAndCondition() {
    Child service = start();
    ask(service);
    awaitSettings(service);
    service.stop();
    Memory memory = rig.memory(jdk).drain();

    Child gone = memory.run("requests", "--route", "/gone", "-o", "csv");
    assertThat(gone.out())
        .hasSize(2)
        .satisfies(lines -> assertThat(lines.get(0)).startsWith("trace_id,span_id,"))
        .satisfies(lines -> assertThat(lines.get(1)).contains(",front,", ",/gone,"));
    assertThat(lines(memory, "requests", "--where", "http.response.status_code>=400 and name~gone"))
        .isEqualTo(1);
    assertThat(lines(memory, "requests", "--sort", "duration:desc", "--limit", "2")).isEqualTo(2);
    assertThat(lines(memory, "requests", "--version", "7")).isEqualTo(3);
    assertThat(lines(memory, "errors", "--route", "/fail")).isEqualTo(1);
    assertThat(memory.run("errors", "--route", "/hello", "--exit-status").awaitExit()).isEqualTo(1);
    assertThat(memory.run("services", "-o", "jsonl").out())
        .singleElement()
        .asString()
        .contains("\"service\":\"front\"", "\"versions\":[\"7\"]", "\"requests\":3,\"errors\":1");
  }

  @Test
  void completion_isAScriptThatBashReads() throws IOException {
    Child completion = rig.memory(jdk).run("completion", "bash");
    Path script = Files.write(rig.folder().resolve("completion"), completion.out());
    Child bash =
        rig.program("bash", "bash")
            .arguments("-c", "source " + script + " && complete -p engram")
            .start();

    bash.awaitExit();
    assertThat(bash.out()).anyMatch(line -> line.contains("_complete_engram"));
  }

  @Test
  void interrupt_isSilent() {
    // A build in the background ignores the signal, and so would whatever it starts.
    Child tail =
        rig.java("tail", jdk)
            .under("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV")
            .commandLine("tail")
            .start();
    tail.awaitLine(Pattern.compile("no requests yet"));
    rig.program("kill", "kill")
        .arguments("-INT", Long.toString(tail.handle().pid()))
        .start()
        .awaitExit();

    assertThat(tail.awaitExit()).isEqualTo(INTERRUPTED);
    assertThat(tail.out()).isEmpty();
    assertThat(tail.err()).hasSize(1);
  }

  private Child start() {
    return rig.java("service", jdk)
        .agent()
        .options("-Dengram.service=front", "-Dengram.service.version=7")
        .application(HttpServerApp.class)
        .start();
  }

  private static void ask(Child service) {
    Traffic traffic = Traffic.toApplication(service);
    traffic.get("/hello");
    traffic.get("/gone");
    assertThatThrownBy(
            () -> traffic.send(Traffic.newTraceId(), "POST", "/fail", BodyPublishers.noBody()))
        .isInstanceOf(IOException.class);
  }

  /** The agent says which settings hold a moment after its start. */
  private void awaitSettings(Child service) {
    String pid = Long.toString(service.handle().pid());
    await("the agent says what holds")
        .atMost(Duration.ofSeconds(120))
        .untilAsserted(
            () ->
                assertThat(String.join("\n", rig.memory(jdk).run("config", pid, "--json").out()))
                    .contains(
                        "{\"key\":\"engram.service.version\",\"value\":\"7\","
                            + "\"source\":\"system property\"}"));
  }

  private static int lines(Memory memory, String... arguments) {
    String[] asJson = Arrays.copyOf(arguments, arguments.length + 1);
    asJson[arguments.length] = "--json";
    return memory.run(asJson).out().size();
  }
}
