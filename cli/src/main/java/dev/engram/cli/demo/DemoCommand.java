package dev.engram.cli.demo;

import dev.engram.cli.CommandException;
import dev.engram.cli.HomeOption;
import dev.engram.cli.Invocation;
import dev.engram.cli.launch.PackedJar;
import dev.engram.collector.server.Collecting;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.Memory;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram demo}. */
@Command(
    name = "demo",
    description = "Starts a sample service with the agent on and shows what is remembered of it.",
    footer = {
      "",
      "The memory stays in the home, so that every other command works on it. With OPENAI_API_KEY",
      "set, OpenAI's models answer the shop's customers in place of a stand-in, which costs a few cents."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Where it is set, OpenAI's models answer in place of the stand-in. */
  private static final String API_KEY = "OPENAI_API_KEY";

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
      sent = visit(home, folder.path());
      invocation.say("stopped; moving the last records into memory");
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

  /** Starts the shop, sends traffic and stops it. */
  private int visit(Home home, Path folder) {
    Path agentJar = PackedJar.AGENT.unpack(home);
    Path shopJar = PackedJar.SAMPLE_SHOP.unpack(folder);
    invocation.say("starting the sample shop (Spring Boot) with the agent on");
    boolean realModels = invocation.environment().get(API_KEY) != null;
    try (FixedModel model = FixedModel.start();
        SampleShop shop =
            SampleShop.start(shopJar, agentJar, home, folder, realModels ? null : model.url())) {
      HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
      shop.awaitReady(client);
      invocation.say("sending traffic to " + shop.address());
      int sent = new Traffic(client, shop.address()).send();
      invocation.say(sent + " requests answered, besides the readiness probe; stopping the shop");
      shop.stop();
      return sent;
    }
  }
}
