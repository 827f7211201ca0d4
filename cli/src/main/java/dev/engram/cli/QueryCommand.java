package dev.engram.cli;

import dev.engram.cli.render.SqlTableView;
import dev.engram.cli.render.Units;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.SqlQuestion;
import dev.engram.collector.store.SqlRefusedException;
import dev.engram.collector.store.SqlTable;
import dev.engram.collector.store.SqlUnansweredException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram query}. */
@Command(
    name = "query",
    description = "Answers a question in SQL; it reads only.",
    footer = {
      "",
      "The views and their columns are in docs/schema.md: requests, spans, statements, ai_calls,"
          + " errors, decisions, metrics and more.",
      "Such as: engram query \"select route, count(*) from requests group by route\""
    })
final class QueryCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(paramLabel = "SQL", description = "One SELECT, or WITH and a SELECT.")
  private String sql = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most rows (default ${DEFAULT-VALUE}).",
      defaultValue = "1000")
  private int limit;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Most time the answer may take (default ${DEFAULT-VALUE}).",
      defaultValue = "10")
  private int timeout;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private HomeOption home = new HomeOption();
  @Spec private CommandSpec command = CommandSpec.create();

  QueryCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    output.check(command.commandLine());
    UsageErrors.requireFromOne(command.commandLine(), "--limit", limit);
    UsageErrors.requireFromOne(command.commandLine(), "--timeout", timeout);
    Home memoryHome = home.readable(invocation.environment());
    try (Memory memory = Memory.open(memoryHome)) {
      answer(memory)
          .ifPresentOrElse(this::print, () -> EmptyAnswer.sayNothing(invocation, memoryHome));
    }
    return 0;
  }

  private Optional<SqlTable> answer(Memory memory) {
    try {
      return memory.sql(new SqlQuestion(sql, limit, Duration.ofSeconds(timeout)));
    } catch (SqlUnansweredException unanswered) {
      throw new CommandException(String.valueOf(unanswered.getMessage()), unanswered);
    } catch (SqlRefusedException refused) {
      String unknown = refused.unknown();
      String suggestion = unknown.isEmpty() ? "" : UsageErrors.suggestion(unknown, refused.known());
      throw new ParameterException(command.commandLine(), refused.getMessage() + suggestion);
    }
  }

  private void print(SqlTable table) {
    if (table.rows().isEmpty()) {
      invocation.say("no rows");
      return;
    }
    output.write(
        table.rows(),
        row -> SqlTableView.json(table.columns(), row),
        (rows, terminal) -> SqlTableView.print(table, terminal),
        invocation.terminal());
    if (table.more()) {
      invocation.say(
          "these are the first " + Units.count(table.rows().size()) + " rows; more with --limit");
    }
  }
}
