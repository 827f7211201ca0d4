package dev.engram.cli;

import dev.engram.cli.render.RiskView;
import dev.engram.collector.analysis.Risk;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram insights show}. */
@Command(
    name = "show",
    description = "Shows one thing that will fail: how soon, the evidence, what to do.",
    footer = "Exit code 1 when there is none with the id, or no longer.")
final class InsightsShowCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(paramLabel = "ID", description = "I- and 12 hex digits, or its beginning.")
  private String id = "";

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private RangeOptions asked = new RangeOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  InsightsShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    output.check(command.commandLine());
    Range range = asked.range(1, invocation);
    try (Memory memory = Memory.open(asked.home(invocation))) {
      Risk risk = find(memory.queries().risks(range, invocation.nowEpochNanos()));
      output.write(
          List.of(risk),
          RiskView::json,
          (risks, terminal) -> RiskView.print(risk, terminal),
          invocation.terminal());
      invocation.sayIncomplete(memory.queries().losses(range));
    }
    return 0;
  }

  private Risk find(List<Risk> risks) {
    String prefix = id.toLowerCase(Locale.ROOT);
    List<Risk> meant =
        risks.stream()
            .filter(risk -> risk.label().toLowerCase(Locale.ROOT).startsWith(prefix))
            .toList();
    return WrongId.one(command.commandLine(), id, meant, Risk::label)
        .orElseThrow(
            () ->
                new CommandException(
                    "no insight with the id " + id + ", or no longer; see: engram insights"));
  }
}
