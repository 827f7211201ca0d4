package dev.engram.cli.gate;

import dev.engram.cli.CommandException;
import dev.engram.cli.Invocation;
import dev.engram.collector.analysis.gate.Gate;
import dev.engram.collector.analysis.gate.Limits;
import dev.engram.collector.analysis.gate.RunProfile;
import dev.engram.collector.analysis.gate.RunWindow;
import dev.engram.collector.analysis.gate.Verdict;
import dev.engram.collector.analysis.gate.Verdict.Outcome;
import dev.engram.collector.query.RunQueries;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.Loss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram gate}. */
@Command(
    name = "gate",
    description = {
      "Judges one run by a baseline: new errors, newly swallowed exceptions, slower routes and"
          + " statements, N+1, secrets in clear, spend on AI.",
      "Exit code 0: passed. 1: failed. 3: cannot judge."
    },
    footer = {
      "",
      "Such as: engram run --label pr-123 -- ./smoke-test.sh",
      "         engram gate --label pr-123 --baseline engram-baseline.json --junit gate.xml"
    })
public final class GateCommand implements Callable<Integer> {
  private static final int UNDECIDED = 3;
  private static final int MOST_PERCENT = 10_000;

  private final Invocation invocation;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "What engram baseline save wrote (default " + BaselineFile.NAME + ").")
  private @Nullable Path baseline;

  @Option(
      names = "--baseline-label",
      paramLabel = "NAME",
      description = "A run in the same memory to judge by, instead of a file.")
  private @Nullable String baselineLabel;

  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      defaultValue = "20",
      description = "By how much a median may grow beyond noise (default ${DEFAULT-VALUE}).")
  private int tolerance;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      defaultValue = "30",
      description = "Executions both runs must have to be compared (default ${DEFAULT-VALUE}).")
  private int leastCount;

  @Option(
      names = "--ai-budget",
      paramLabel = "USD",
      description = "What the run's calls of models may cost.")
  private @Nullable Double budget;

  @Option(names = "--markdown", paramLabel = "FILE", description = "Also as a comment for people.")
  private @Nullable Path markdown;

  @Option(names = "--junit", paramLabel = "FILE", description = "Also as JUnit's XML.")
  private @Nullable Path junit;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private RunOption run = new RunOption();

  @Spec private CommandSpec command = CommandSpec.create();

  public GateCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** What {@code engram} ends with when nothing can be said of a run. */
  static CommandException undecided(String message, @Nullable Throwable cause) {
    return new CommandException("cannot judge: " + message, cause, UNDECIDED);
  }

  @Override
  public Integer call() {
    Limits limits = limits();
    try (Memory memory = run.memory(invocation)) {
      RunQueries runs = memory.queries().runs();
      List<RunWindow> windows = run.windows(runs);
      List<Loss> losses = runs.losses(windows);
      Verdict verdict = Gate.judge(runs.profile(windows), baseline(runs), limits, count(losses));
      report(verdict);
      invocation.sayIncomplete(losses);
      return exitCode(verdict.outcome());
    }
  }

  private Limits limits() {
    if (baseline != null && baselineLabel != null) {
      throw wrong("--baseline and --baseline-label exclude each other");
    }
    if (tolerance < 0 || tolerance > MOST_PERCENT) {
      throw wrong("--tolerance takes 0 to " + MOST_PERCENT + ", not " + tolerance);
    }
    if (leastCount < 2) {
      throw wrong("--min-count takes a number from 2, not " + leastCount);
    }
    if (budget != null && !(budget >= 0)) {
      throw wrong("--ai-budget takes a sum from 0, not " + budget);
    }
    return Limits.of(leastCount, tolerance / 100.0, budget);
  }

  private RunProfile baseline(RunQueries runs) {
    return baselineLabel == null
        ? BaselineFile.read(baseline == null ? Path.of(BaselineFile.NAME) : baseline)
        : runs.profile(run.windows(runs, baselineLabel));
  }

  private void report(Verdict verdict) {
    if (markdown != null) {
      write(markdown, VerdictReport.markdown(verdict));
    }
    if (junit != null) {
      write(junit, VerdictReport.junit(verdict));
    }
    if (json) {
      invocation.terminal().out().println(VerdictView.json(verdict));
    } else {
      VerdictView.text(verdict, invocation.terminal());
    }
  }

  private static long count(List<Loss> losses) {
    return losses.stream().mapToLong(Loss::count).sum();
  }

  private static int exitCode(Outcome outcome) {
    return switch (outcome) {
      case PASS -> 0;
      case FAIL -> 1;
      case UNDECIDED -> UNDECIDED;
    };
  }

  private static void write(Path file, String text) {
    try {
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw undecided("cannot write " + file + " (" + failure + ")", failure);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
