package dev.engram.cli.launch;

import dev.engram.cli.CommandException;
import dev.engram.cli.HomeOption;
import dev.engram.cli.Invocation;
import dev.engram.cli.agents.AgentView;
import dev.engram.cli.agents.RunningAgent;
import dev.engram.cli.agents.RunningAgents;
import dev.engram.collector.server.Home;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram doctor}. */
@Command(
    name = "doctor",
    description =
        "Shows what the agent instrumented and what not, and which settings hold and why.",
    footer = {
      "",
      "Such as: engram doctor 4711",
      "         engram doctor --for 30s -- java -jar shop.jar",
      "A command runs to its end, or until Ctrl-C; its output goes to stderr.",
      "Exit code 1 when something is wrong, or no agent says anything."
    })
public final class DoctorCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      arity = "1..*",
      paramLabel = "PID | -- COMMAND",
      hideParamSyntax = true,
      description = "A service that runs, or a command to run with the agent.")
  private List<String> words = List.of();

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      description =
          "Ends the command, and what it started, after this many seconds, such as 30s or 30.")
  private @Nullable String length;

  @Option(names = "--json", description = "One JSON object a service.")
  private boolean json;

  @Mixin private HomeOption homeOption = new HomeOption();

  @Spec private CommandSpec command = CommandSpec.create();

  public DoctorCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    List<RunningAgent> agents = isPid() ? List.of(ofPid()) : ofCommand();
    if (agents.isEmpty()) {
      throw new CommandException(
          "the command ran no JVM with the agent for a second or longer, or the agent was kept off;"
              + " what it printed says why");
    }
    boolean wrong = false;
    for (RunningAgent agent : agents) {
      wrong |= !agent.problems().isEmpty();
      print(agent);
    }
    return wrong ? 1 : 0;
  }

  private void print(RunningAgent agent) {
    if (json) {
      invocation.terminal().out().println(AgentView.json(agent));
    } else {
      AgentView.print(agent, invocation.terminal());
    }
  }

  private boolean isPid() {
    return words.size() == 1 && words.get(0).matches("[0-9]{1,18}");
  }

  private RunningAgent ofPid() {
    Home home = homeOption.readable(invocation.environment());
    long pid = Long.parseLong(words.get(0));
    RunningAgent agent =
        RunningAgents.ofPid(home, pid).orElseThrow(() -> unknown(JavaProcess.of(pid), home));
    if (!agent.hasReport()) {
      throw new CommandException(
          "the agent in process "
              + pid
              + " says nothing of itself: it is older than this command, or its folder takes no file");
    }
    return agent;
  }

  private CommandException unknown(JavaProcess process, Home home) {
    return new CommandException(
        "process "
            + process.pid()
            + " does not remember into "
            + home.folder()
            + "; give the --home it uses, put the agent in (engram attach "
            + process.pid()
            + "), or switch it on where it is off (engram switch)");
  }

  private List<RunningAgent> ofCommand() {
    Duration longest = longest();
    Home home = homeOption.home(invocation.environment());
    AgentCommand withAgent =
        AgentCommand.of(
            words,
            invocation.environment(),
            PackedJar.AGENT.unpack(home.prepare()),
            home,
            null,
            null);
    return new WatchedCommand(home, invocation).run(withAgent, longest);
  }

  private @Nullable Duration longest() {
    if (length == null) {
      return null;
    }
    if (!length.matches("[1-9][0-9]{0,5}s?")) {
      throw new ParameterException(
          command.commandLine(), "--for takes seconds such as 30s, not " + length);
    }
    return Duration.ofSeconds(Long.parseLong(length.replace("s", "")));
  }
}
