package dev.engram.cli;

import dev.engram.cli.agents.ConfigCommand;
import dev.engram.cli.agents.HealCommand;
import dev.engram.cli.agents.SwitchCommand;
import dev.engram.cli.demo.DemoCommand;
import dev.engram.cli.gate.BaselineCommand;
import dev.engram.cli.gate.BaselineSaveCommand;
import dev.engram.cli.gate.GateCommand;
import dev.engram.cli.launch.AgentPathCommand;
import dev.engram.cli.launch.AttachCommand;
import dev.engram.cli.launch.DoctorCommand;
import dev.engram.cli.launch.RunCommand;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;

/** The commands below {@code engram}, in the order of the help. */
final class Commands {
  private static final Map<String, Function<Invocation, Callable<Integer>>> ALL =
      new LinkedHashMap<>();

  static {
    ALL.put("demo", DemoCommand::new);
    ALL.put("run", RunCommand::new);
    ALL.put("attach", AttachCommand::new);
    ALL.put("collect", CollectCommand::new);
    ALL.put("status", StatusCommand::new);
    ALL.put("services", ServicesCommand::new);
    ALL.put("requests", RequestsCommand::new);
    ALL.put("errors", ErrorsCommand::new);
    ALL.put("users", UsersCommand::new);
    ALL.put("show", ShowCommand::new);
    ALL.put("similar", SimilarCommand::new);
    ALL.put("solutions", SolutionsCommand::new);
    ALL.put("group", GroupCommand::new);
    ALL.put("search", SearchCommand::new);
    ALL.put("timeline", TimelineCommand::new);
    ALL.put("sql", SqlCommand::new);
    ALL.put("insights", InsightsCommand::new);
    ALL.put("metrics", MetricsCommand::new);
    ALL.put("ai", AiCommand::new);
    ALL.put("workflows", WorkflowsCommand::new);
    ALL.put("decisions", DecisionsCommand::new);
    ALL.put("outcome", OutcomeCommand::new);
    ALL.put("feedback", FeedbackCommand::new);
    ALL.put("query", QueryCommand::new);
    ALL.put("export", ExportCommand::new);
    ALL.put("compare", CompareCommand::new);
    ALL.put("tail", TailCommand::new);
    ALL.put("top", TopCommand::new);
    ALL.put("gate", GateCommand::new);
    ALL.put("baseline", BaselineCommand::new);
    ALL.put("store", StoreCommand::new);
    ALL.put("backup", BackupCommand::new);
    ALL.put("restore", RestoreCommand::new);
    ALL.put("quarantine", QuarantineCommand::new);
    ALL.put("forget", ForgetCommand::new);
    ALL.put("doctor", DoctorCommand::new);
    ALL.put("switch", SwitchCommand::new);
    ALL.put("heal", HealCommand::new);
    ALL.put("remedies", RemediesCommand::new);
    ALL.put("config", ConfigCommand::new);
    ALL.put("completion", CompletionCommand::new);
    ALL.put("man-pages", ManualPagesCommand::new);
    ALL.put("agent-path", AgentPathCommand::new);
    ALL.put("version", VersionCommand::new);
    ALL.put("help", HelpCommand::new);
  }

  /** The commands below these, such as {@code engram ai calls}. */
  private static final Map<String, Map<String, Function<Invocation, Callable<Integer>>>> BELOW =
      new HashMap<>();

  static {
    below("errors", "show", ShowCommand::new);
    below("errors", "name", ErrorsNameCommand::new);
    below("errors", "assign", ErrorsAssignCommand::new);
    below("errors", "ignore", ErrorsIgnoreCommand::new);
    below("errors", "resolve", ErrorsResolveCommand::new);
    below("errors", "reopen", ErrorsReopenCommand::new);
    below("errors", "merge", ErrorsMergeCommand::new);
    below("errors", "split", ErrorsSplitCommand::new);
    below("solutions", "list", SolutionsListCommand::new);
    below("solutions", "show", SolutionsShowCommand::new);
    below("solutions", "add", SolutionsAddCommand::new);
    below("solutions", "edit", SolutionsEditCommand::new);
    below("solutions", "worked", SolutionsWorkedCommand::new);
    below("solutions", "failed", SolutionsFailedCommand::new);
    below("ai", "calls", AiCallsCommand::new);
    below("ai", "show", AiShowCommand::new);
    below("insights", "show", InsightsShowCommand::new);
    below("workflows", "runs", WorkflowRunsCommand::new);
    below("baseline", "save", BaselineSaveCommand::new);
    below("store", "init", StoreInitCommand::new);
    below("store", "check", StoreCheckCommand::new);
    below("quarantine", "replay", QuarantineReplayCommand::new);
    below("store", "stats", StoreStatsCommand::new);
    below("store", "retain", StoreRetainCommand::new);
    below("remedies", "explain", RemediesExplainCommand::new);
    below("remedies", "approve", RemediesApproveCommand::new);
    below("decisions", "list", DecisionsListCommand::new);
    below("decisions", "show", DecisionsShowCommand::new);
  }

  /** Those that speak of the others. */
  private static final Set<String> OF_OTHERS = Set.of("help", "completion", "man-pages");

  private Commands() {}

  private static void below(
      String above, String name, Function<Invocation, Callable<Integer>> command) {
    BELOW.computeIfAbsent(above, absent -> new LinkedHashMap<>()).put(name, command);
  }

  /**
   * Adds those that these arguments can need: reading one command's options takes picocli tens of
   * milliseconds, and a small question should not wait for the others.
   */
  static void addTo(CommandLine engram, Invocation invocation, String... arguments) {
    String asked = arguments.length == 0 ? "" : arguments[0];
    boolean alone = ALL.containsKey(asked) && !OF_OTHERS.contains(asked);
    ALL.forEach(
        (name, command) -> {
          if (!alone || name.equals(asked)) {
            add(engram, name, command.apply(invocation), invocation);
          }
        });
  }

  private static void add(
      CommandLine engram, String name, Callable<Integer> command, Invocation invocation) {
    CommandLine added = new CommandLine(command);
    engram.addSubcommand(name, added);
    BELOW
        .getOrDefault(name, Map.of())
        .forEach(
            (below, callable) ->
                added.addSubcommand(below, new CommandLine(callable.apply(invocation))));
    // What follows the command that is to run belongs to it.
    added.setStopAtPositional(name.equals("run"));
  }
}
