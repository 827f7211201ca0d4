package dev.engram.cli;

import dev.engram.collector.query.Queries;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands share that say something of an error group. */
abstract class ErrorCorrection implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      index = "0",
      paramLabel = "ERROR",
      description = "An error group (E-…), or the beginning of its id.")
  private String error = "";

  @Mixin private KnowledgeOptions options = new KnowledgeOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  ErrorCorrection(Invocation invocation) {
    this.invocation = invocation;
  }

  /** What is said, by property of {@link dev.engram.collector.analysis.triage.Triages}. */
  protected abstract Map<String, String> properties();

  /** Which group it is said of: the one that a merged one belongs to. */
  protected long subject(Queries queries, long fingerprint) {
    return queries.rootOfError(fingerprint);
  }

  @Override
  public Integer call() {
    Map<String, String> properties = properties();
    long subject = ask(error, this::subject);
    options.tellOfError(invocation, subject, properties);
    return 0;
  }

  /** What is asked of an error group. */
  protected interface Question<T> {
    T of(Queries queries, long fingerprint);
  }

  /** Asks the memory of the group with this label. */
  protected final <T> T ask(String label, Question<T> question) {
    return options.ask(
        invocation,
        queries -> question.of(queries, ErrorIds.one(queries, command.commandLine(), label)));
  }

  protected final String error() {
    return error;
  }

  protected final Invocation invocation() {
    return invocation;
  }

  protected final KnowledgeOptions options() {
    return options;
  }

  protected final CommandSpec command() {
    return command;
  }
}
