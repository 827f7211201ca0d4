package dev.engram.cli.launch;

import dev.engram.cli.HomeOption;
import dev.engram.cli.Invocation;
import dev.engram.collector.server.Collecting;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.HomeException;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.StoreException;
import java.util.List;
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

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command and its arguments, best after --.")
  private List<String> command = List.of();

  @Mixin private HomeOption homeOption = new HomeOption();

  public RunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.home(invocation.environment()).prepare();
    AgentCommand agentCommand =
        AgentCommand.of(
            command, invocation.environment(), PackedJar.AGENT.unpack(home), home, service);
    long began = invocation.nowEpochNanos();
    try (Collecting collecting = Collecting.begin(home, invocation::say)) {
      int exitCode = ChildProcess.run(agentCommand);
      try {
        report(home, began, collecting.drain());
      } catch (HomeException | StoreException failure) {
        // The command's own exit code is what its caller waits for.
        invocation.say(String.valueOf(failure.getMessage()));
      }
      return exitCode;
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
