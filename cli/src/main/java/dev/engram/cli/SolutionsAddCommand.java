package dev.engram.cli;

import dev.engram.collector.analysis.solution.Solutions;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.server.Telling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram solutions add}. */
@Command(
    name = "add",
    description = "Writes down what helps against an error group, or against a kind of errors.",
    footer = {
      "",
      "Such as: engram solutions add E-1f0c --remedy 'raise maximumPoolSize to 20'",
      "         engram solutions add --type com.acme.NoBox --message 'no * left' --remedy 'reorder'"
    })
final class SolutionsAddCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      arity = "0..1",
      paramLabel = "ERROR",
      description = "An error group (E-…); otherwise --type, --message or both.")
  private @Nullable String error;

  @Mixin private SolutionOptions solution = new SolutionOptions();
  @Mixin private KnowledgeOptions options = new KnowledgeOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  SolutionsAddCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (!solution.hasRemedy()) {
      throw wrong("give --remedy: what to do");
    }
    if ((error == null) != solution.describesErrors()) {
      throw wrong("give either an error group (E-…), or --type, --message or both");
    }
    options.tellOfSolution(invocation, Telling.newSolution(), properties());
    return 0;
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    String label = error;
    if (label != null) {
      long fingerprint =
          options.ask(
              invocation,
              queries -> queries.rootOfError(ErrorIds.one(queries, command.commandLine(), label)));
      properties.put(Solutions.ERROR, SpanIds.hex(fingerprint));
    }
    properties.putAll(solution.properties(options));
    return properties;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
