package dev.engram.cli;

import dev.engram.collector.query.Queries;
import dev.engram.collector.query.SpanIds;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands share that say whether a solution worked. */
abstract class SolutionVerdict implements Callable<Integer> {
  private final Invocation invocation;
  private final String property;

  @Parameters(
      index = "0",
      paramLabel = "SOLUTION",
      description = "A solution (S-…), or the beginning of its id.")
  private String id = "";

  @Parameters(
      index = "1",
      paramLabel = "ERROR",
      description = "The error group (E-…) that it was tried against.")
  private String error = "";

  @Mixin private KnowledgeOptions options = new KnowledgeOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  SolutionVerdict(Invocation invocation, String property) {
    this.invocation = invocation;
    this.property = property;
  }

  private record Tried(String solution, long fingerprint) {}

  @Override
  public Integer call() {
    Tried tried = options.ask(invocation, this::find);
    Map<String, String> properties = Map.of(property, SpanIds.hex(tried.fingerprint()));
    options.tellOfSolution(invocation, tried.solution(), properties);
    return 0;
  }

  private Tried find(Queries queries) {
    String solution = SolutionIds.one(queries, command.commandLine(), id).id();
    long fingerprint = ErrorIds.one(queries, command.commandLine(), error);
    return new Tried(solution, queries.rootOfError(fingerprint));
  }
}
