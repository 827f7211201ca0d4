package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.ExitingApp;
import com.acme.HttpServerApp;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged command line, as a newcomer uses it. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class CommandLineIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  @Tag("full")
  void demo_showsWhatWasRemembered_andEndsByItself() {
    Child demo = rig.java("demo", jdk).commandLine("demo").start();

    assertThat(demo.awaitExit(Duration.ofMinutes(6))).as(demo::describe).isZero();
    assertThat(String.join("\n", demo.out()))
        .contains("/products/{id}", "UnpackableQuantityException", "select", "offered")
        .contains("retry http 127.0.0.1:", "remedies explain R-");
  }

  @Test
  void run_remembersTheCommand_withoutAnythingElseRunning() {
    Child run =
        rig.java("run", jdk)
            .commandLine("run", "--service", "front", "--", jdk.program("java"))
            .arguments("-cp", Artifacts.applications().toString(), HttpServerApp.class.getName())
            .start();
    Answer answer = Traffic.toApplication(run).get("/hello");
    run.stop();

    assertThat(rig.memory(jdk).drain().requests().of(answer).path("service").asText())
        .isEqualTo("front");
  }

  @Test
  void run_passesTheExitCodeThrough() {
    Child run =
        rig.java("run", jdk)
            .commandLine("run", "--", jdk.program("java"))
            .arguments("-cp", Artifacts.applications().toString(), ExitingApp.class.getName(), "7")
            .start();

    assertThat(run.awaitExit()).as(run::describe).isEqualTo(7);
  }

  @Test
  void secondCollector_saysWhoHoldsTheHome() {
    Child first = rig.collector(jdk);
    first.awaitLine(Pattern.compile(rig.home().toString()));
    Child second = rig.collector(jdk);

    assertThat(second.awaitExit()).as(second::describe).isNotZero();
    assertThat(String.join("\n", second.err())).contains(Long.toString(first.handle().pid()));
  }

  @Test
  void unknownOption_isNamedWithTheNearestValidOne() {
    Child requests = rig.memory(jdk).run("requests", "--jsno");

    assertThat(requests.awaitExit()).isNotZero();
    assertThat(String.join("\n", requests.err())).contains("--jsno", "--json");
  }
}
