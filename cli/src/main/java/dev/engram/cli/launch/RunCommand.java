package dev.engram.cli.launch;

import dev.engram.cli.CommandException;
import dev.engram.cli.HomeOption;
import dev.engram.cli.HttpOptions;
import dev.engram.cli.Invocation;
import dev.engram.collector.server.Collecting;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.HomeException;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram run}. */
@Command(
    name = "run",
    description = "Runs a command with the agent on and collects what it does.",
    footer = {"", "Such as: engram run --service shop -- java -jar shop.jar"})
public final class RunCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "The service's name; otherwise that of the jar or main class.")
  private @Nullable String service;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "Names this run, for engram gate and engram baseline.")
  private @Nullable String label;

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command and its arguments, best after --.")
  private List<String> command = List.of();

  @Mixin private HttpOptions http = new HttpOptions();

  @Mixin private HomeOption homeOption = new HomeOption();

  public RunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The command comes first: a memory that cannot be used costs one line, never the run. */
  @Override
  public Integer call() {
    Home home = homeOption.home(invocation.environment());
    AgentCommand remembered = withAgent(home);
    if (remembered == null) {
      return ChildProcess.run(new AgentCommand(List.copyOf(command), Map.of()));
    }
    long began = invocation.nowEpochNanos();
    try (Collecting collecting = collecting(home)) {
      int exitCode = ChildProcess.run(remembered);
      if (collecting != null) {
        report(home, began, collecting);
      }
      return exitCode;
    }
  }

  /** Null, and one line said, when the home cannot be used. */
  private @Nullable AgentCommand withAgent(Home home) {
    try {
      Path agentJar = PackedJar.AGENT.unpack(home.prepare());
      return AgentCommand.of(command, invocation.environment(), agentJar, home, service, label);
    } catch (HomeException | CommandException unusable) {
      invocation.say("nothing of this run is remembered: " + unusable.getMessage());
      return null;
    }
  }

  /** Null, and one line said, when the store cannot be used; records then wait in the home. */
  private @Nullable Collecting collecting(Home home) {
    try {
      Collecting collecting = Collecting.begin(home, invocation::say);
      http.listen(collecting::listen)
          .ifPresent(url -> invocation.say("HTTP on " + url + " while this runs"));
      return collecting;
    } catch (HomeException | StoreException unusable) {
      invocation.say(
          "nothing of this run is remembered until the store is mended, then run: engram collect"
              + homeOption.typedAgain()
              + " --once; "
              + unusable.getMessage());
      return null;
    }
  }

  private void report(Home home, long began, Collecting collecting) {
    try {
      report(home, began, collecting.drain());
    } catch (HomeException | StoreException failure) {
      // The command's own exit code is what its caller waits for.
      invocation.say(String.valueOf(failure.getMessage()));
    }
  }

  private void report(Home home, long began, boolean drained) {
    if (!drained) {
      invocation.say(
          "some records still wait in "
              + home.folder()
              + "; move them with: engram collect --once");
    }
    try (Memory memory = Memory.open(home)) {
      long now = invocation.nowEpochNanos();
      invocation.say(Remembered.line(memory.queries(), began, now, homeOption.typedAgain()));
    }
  }
}
