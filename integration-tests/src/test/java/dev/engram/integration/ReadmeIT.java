package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README tells people to type works. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#all")
class ReadmeIT {
  private static final Pattern COMMAND =
      Pattern.compile("(?:`engram|cli/target/engram\\.jar) ([a-z][a-z-]*)");

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void everyCommand_isOneOfTheCommandLine() throws IOException {
    Set<String> named = new TreeSet<>();
    COMMAND
        .matcher(Files.readString(Artifacts.root().resolve("README.md")))
        .results()
        .forEach(match -> named.add(match.group(1)));
    Child help = rig.memory(jdk).run("--help");

    assertThat(named).contains("demo", "run", "collect", "status", "requests", "errors", "show");
    assertThat(help.awaitExit()).isZero();
    assertThat(help.out())
        .satisfies(
            lines ->
                assertThat(named)
                    .allMatch(
                        name ->
                            lines.stream()
                                .anyMatch(line -> line.matches("\\s+" + name + "\\b.*"))));
  }

  @Test
  void agentPath_isAFlagThatWorks() {
    Child path = rig.memory(jdk).run("agent-path");
    assertThat(path.awaitExit()).isZero();
    assertThat(path.out()).hasSize(1);

    Child service =
        rig.java("service", jdk)
            .options("-javaagent:" + path.out().get(0))
            .application(HttpServerApp.class)
            .start();
    Answer answer = Traffic.toApplication(service).get("/hello");
    service.stop();
    assertThat(service.voice()).singleElement().asString().startsWith("engram: remembering ");
    rig.memory(jdk).drain().requests().assertRemembered(answer);
  }
}
