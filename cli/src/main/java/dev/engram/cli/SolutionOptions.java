package dev.engram.cli;

import dev.engram.collector.analysis.solution.Solutions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What can be written of a solution. */
final class SolutionOptions {
  @Option(names = "--remedy", paramLabel = "TEXT", description = "What to do.")
  private @Nullable String remedy;

  @Option(names = "--cause", paramLabel = "TEXT", description = "What lies behind the error.")
  private @Nullable String cause;

  @Option(
      names = "--link",
      paramLabel = "WHERE",
      description = "Where more of it stands: an address, a commit, a ticket.")
  private @Nullable String link;

  @Option(
      names = "--type",
      paramLabel = "CLASS",
      description = "For all errors with an exception of this class, such as java.io.IOException.")
  private @Nullable String type;

  @Option(
      names = "--message",
      paramLabel = "PATTERN",
      description =
          "For those with these words in a message, whatever their case; * stands for others.")
  private @Nullable String message;

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  boolean hasRemedy() {
    return remedy != null;
  }

  boolean describesErrors() {
    return type != null || message != null;
  }

  /** What was given; the remedy last, as a solution without one is none. */
  Map<String, String> properties(KnowledgeOptions bounds) {
    if (message != null && message.replace("*", "").isBlank()) {
      throw new ParameterException(
          command.commandLine(), "--message takes words, such as 'too many * connections'");
    }
    Map<String, String> properties = new LinkedHashMap<>();
    put(properties, Solutions.TYPE, type, bounds);
    put(properties, Solutions.MESSAGE, message, bounds);
    put(properties, Solutions.CAUSE, cause, bounds);
    put(properties, Solutions.LINK, link, bounds);
    put(properties, Solutions.REMEDY, remedy, bounds);
    return properties;
  }

  private static void put(
      Map<String, String> properties,
      String property,
      @Nullable String value,
      KnowledgeOptions bounds) {
    if (value != null) {
      properties.put(property, bounds.bounded("--" + property, value));
    }
  }
}
