package dev.engram.cli.launch;

import dev.engram.cli.HomeOption;
import dev.engram.cli.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram agent-path}. */
@Command(
    name = "agent-path",
    description = "Unpacks the agent and shows where: java -javaagent:$(engram agent-path) ...")
public final class AgentPathCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private HomeOption home = new HomeOption();

  public AgentPathCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation
        .terminal()
        .out()
        .println(PackedJar.AGENT.unpack(home.home(invocation.environment())));
    return 0;
  }
}
