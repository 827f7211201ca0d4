package dev.engram.cli;

import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.SpanIds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram errors merge}. */
@Command(
    name = "merge",
    description = "Makes other error groups a part of one, which counts and shows them as its own.",
    footer = {"", "Such as: engram errors merge E-1f0c E-77b3 E-9a21"})
final class ErrorsMergeCommand implements Callable<Integer> {
  /**
   * What is to be done.
   *
   * @param into the group that the others become parts of
   */
  private record Merge(long into, Set<Long> others) {}

  private final Invocation invocation;

  @Parameters(index = "0", paramLabel = "ERROR", description = ErrorCorrection.ERROR)
  private String error = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "OTHER",
      description = "Error groups that are the same.")
  private List<String> others = List.of();

  @Mixin private KnowledgeOptions options = new KnowledgeOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  ErrorsMergeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Merge merge = options.ask(invocation, this::find);
    Map<String, String> properties = Map.of(Triages.MERGED, SpanIds.hex(merge.into()));
    merge.others().forEach(other -> options.tellOfError(invocation, other, properties));
    return 0;
  }

  private Merge find(Queries queries) {
    long into = root(error, queries);
    Set<Long> roots = new LinkedHashSet<>();
    for (String other : others) {
      long root = root(other, queries);
      if (root == into) {
        throw new CommandException(
            ErrorLabel.of(ErrorIds.one(queries, command.commandLine(), other))
                + " is a part of "
                + ErrorLabel.of(into)
                + " already");
      }
      roots.add(root);
    }
    return new Merge(into, roots);
  }

  private long root(String label, Queries queries) {
    return queries.rootOfError(ErrorIds.one(queries, command.commandLine(), label));
  }
}
