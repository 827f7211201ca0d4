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
  /** What describes the group that is typed. */
  static final String ERROR = "An error group (E-…), or the beginning of its id.";

  private final Invocation invocation;

  @Parameters(index = "0", paramLabel = "ERROR", description = ERROR)
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
    long subject = options.ask(invocation, this::subject);
    options.tellOfError(invocation, subject, properties);
    return 0;
  }

  private long subject(Queries queries) {
    return subject(queries, ErrorIds.one(queries, command.commandLine(), error));
  }

  protected final KnowledgeOptions options() {
    return options;
  }
}
