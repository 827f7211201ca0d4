package dev.engram.cli.launch;

import dev.engram.collector.server.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command with the agent in it.
 *
 * @param environment what is set in the child's environment; the rest it inherits
 */
record AgentCommand(List<String> command, Map<String, String> environment) {
  private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

  /**
   * Adds the agent and leaves the command's own options alone: to a java launcher as its first
   * option, otherwise through the variable that every JVM below reads.
   *
   * @param inherited the environment the child would get
   * @param service null lets the agent find the name
   * @param label names the run; null for none
   */
  static AgentCommand of(
      List<String> command,
      Map<String, String> inherited,
      Path agentJar,
      Home home,
      @Nullable String service,
      @Nullable String label) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("ENGRAM_HOME", home.folder().toString());
    if (service != null) {
      environment.put("ENGRAM_SERVICE", service);
    }
    if (label != null) {
      environment.put("ENGRAM_LABEL", label);
    }
    String option = "-javaagent:" + agentJar;
    if (isJavaLauncher(command.get(0))) {
      List<String> extended = new ArrayList<>(command);
      extended.add(1, option);
      return new AgentCommand(List.copyOf(extended), environment);
    }
    String others = inherited.getOrDefault(TOOL_OPTIONS, "");
    environment.put(TOOL_OPTIONS, (others + " " + quoted(option)).strip());
    return new AgentCommand(List.copyOf(command), environment);
  }

  private static boolean isJavaLauncher(String program) {
    Path name = Path.of(program).getFileName();
    return name != null && (name.toString().equals("java") || name.toString().equals("java.exe"));
  }

  /** The JVM splits the variable at blanks outside quotes. */
  private static String quoted(String option) {
    return option.chars().anyMatch(Character::isWhitespace) ? '"' + option + '"' : option;
  }
}
