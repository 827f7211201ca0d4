package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.StoreFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram store check}. */
@Command(name = "check", description = "Says where the memory is kept, and whether it can be read.")
final class StoreCheckCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private HomeOption homeOption = new HomeOption();

  StoreCheckCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.readable(invocation.environment());
    invocation.terminal().out().println(SafeText.of(StoreFile.check(home)));
    return 0;
  }
}
