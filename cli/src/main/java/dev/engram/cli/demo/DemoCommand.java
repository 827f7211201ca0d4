package dev.engram.cli.demo;

import dev.engram.cli.CommandException;
import dev.engram.cli.HomeOption;
import dev.engram.cli.Invocation;
import dev.engram.collector.server.Collecting;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.Memory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram demo}. */
@Command(
    name = "demo",
    description = "Starts a sample service with the agent on and shows what is remembered of it.",
    footer = {
      "",
      "The service is deployed twice. The second version asks another service for prices, which does"
          + " not always answer: it is slower and fails in a new way, until that is healed.",
      "The memory stays in the home, so that every other command works on it. With OPENAI_API_KEY"
          + " set, OpenAI's models answer the shop's customers in place of a stand-in, which costs a"
          + " few cents."
    })
public final class DemoCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private HomeOption homeOption = new HomeOption();

  public DemoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.home(invocation.environment()).prepare();
    long began = invocation.nowEpochNanos();
    int sent;
    try (TemporaryFolder folder = TemporaryFolder.make();
        Collecting collecting = Collecting.begin(home, invocation::say)) {
      sent = new Deployments(home, folder.path(), invocation).visit();
      invocation.say(
          sent + " requests answered; the shop is stopped; moving the last records into memory");
      if (!collecting.drain()) {
        throw new CommandException("the records were not drained in time; try: engram status");
      }
    }
    try (Memory memory = Memory.open(home)) {
      new DemoReport(memory.queries(), invocation, homeOption.typedAgain())
          .print(home, began, sent);
    }
    return 0;
  }
}
