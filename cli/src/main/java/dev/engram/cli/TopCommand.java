package dev.engram.cli;

import dev.engram.cli.render.Terminal;
import dev.engram.cli.render.TopView;
import dev.engram.collector.analysis.ai.AiUsage;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.Memory;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram top}. */
@Command(
    name = "top",
    description =
        "Shows what the services are busy with: throughput, routes, errors, spend on AI. On a"
            + " terminal it goes on until Ctrl-C, otherwise it answers once.")
final class TopCommand implements Callable<Integer> {
  private static final int MOST_SECONDS = 3_600;
  private static final int ENTRIES = 8;

  private final Invocation invocation;

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "What the figures are of: the last so many seconds (default ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "How often they are taken anew (default ${DEFAULT-VALUE}).")
  private int every;

  @Option(names = "--service", paramLabel = "NAME", description = "Only this service.")
  private @Nullable String service;

  @Option(names = "--once", description = "One answer, on a terminal too.")
  private boolean once;

  @Option(names = "--json", description = "One JSON object an answer.")
  private boolean json;

  @Mixin private HomeOption homeOption = new HomeOption();

  @Spec private CommandSpec command = CommandSpec.create();

  TopCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (window < 1 || window > MOST_SECONDS || every < 1 || every > MOST_SECONDS) {
      throw new ParameterException(
          command.commandLine(), "--window and --every take 1 to " + MOST_SECONDS + " seconds");
    }
    Home home = homeOption.readable(invocation.environment());
    Terminal terminal = invocation.terminal();
    boolean follows = terminal.interactive() && !once;
    do {
      // Opened each time: while the memory is empty, there may be no database to follow.
      try (Memory memory = Memory.open(home)) {
        show(view(memory.queries()), terminal, follows);
      }
    } while (follows && pause(terminal));
    return 0;
  }

  private void show(TopView view, Terminal terminal, boolean follows) {
    if (follows && !json) {
      terminal.out().print(TopView.CLEARED);
    }
    if (json) {
      terminal.out().println(view.json());
    } else {
      view.print(terminal, invocation.zone(), follows ? terminal.height() : Integer.MAX_VALUE);
    }
    terminal.out().flush();
  }

  private TopView view(Queries queries) {
    long now = invocation.nowEpochNanos();
    long since = now - TimeUnit.SECONDS.toNanos(window);
    Range range = new Range(since, service, ENTRIES);
    return new TopView(
        now,
        window,
        queries.routes(range),
        queries.errors(range, now),
        queries.ai(range, AiUsage.By.MODEL),
        queries.losses(range));
  }

  /** Whether somebody still looks. */
  private boolean pause(Terminal terminal) throws InterruptedException {
    TimeUnit.SECONDS.sleep(every);
    return !terminal.isClosed();
  }
}
