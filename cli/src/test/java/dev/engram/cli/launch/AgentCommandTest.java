package dev.engram.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.server.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentCommandTest {
  private static final Home HOME = new Home(Path.of("/memory"));
  private static final Path AGENT = Path.of("/memory/lib/engram-agent.jar");

  @Test
  void of_javaLauncher_putsTheAgentFirst() {
    AgentCommand command = of(List.of("/opt/jdk/bin/java", "-Xmx1g", "-jar", "shop.jar"), Map.of());

    assertThat(command.command())
        .containsExactly(
            "/opt/jdk/bin/java",
            "-javaagent:/memory/lib/engram-agent.jar",
            "-Xmx1g",
            "-jar",
            "shop.jar");
    assertThat(command.environment()).containsExactly(Map.entry("ENGRAM_HOME", "/memory"));
  }

  @Test
  void of_anotherProgram_appendsToTheToolOptions() {
    AgentCommand command = of(List.of("./gradlew", "run"), Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g"));

    assertThat(command.command()).containsExactly("./gradlew", "run");
    assertThat(command.environment())
        .containsEntry("JAVA_TOOL_OPTIONS", "-Xmx1g -javaagent:/memory/lib/engram-agent.jar");
  }

  @Test
  void of_pathWithBlanks_isQuotedForTheToolOptions() {
    AgentCommand command =
        AgentCommand.of(List.of("mvn"), Map.of(), Path.of("/my memory/a.jar"), HOME, null, null);

    assertThat(command.environment())
        .containsEntry("JAVA_TOOL_OPTIONS", "\"-javaagent:/my memory/a.jar\"");
  }

  @Test
  void of_serviceName_travelsInTheEnvironment() {
    AgentCommand command =
        AgentCommand.of(List.of("java"), Map.of(), AGENT, HOME, "checkout", "pr-1");

    assertThat(command.environment()).containsEntry("ENGRAM_SERVICE", "checkout");
  }

  private static AgentCommand of(List<String> command, Map<String, String> inherited) {
    return AgentCommand.of(command, inherited, AGENT, HOME, null, null);
  }
}
