package dev.engram.cli;

import dev.engram.cli.launch.Signals;
import dev.engram.collector.server.CollectorServer;
import dev.engram.collector.server.Home;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram collect}. */
@Command(
    name = "collect",
    description = "Moves what services record into the memory, until it is stopped.")
final class CollectCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--once", description = "Collect what is there now, then end.")
  private boolean once;

  @Option(
      names = "--adopt-host",
      paramLabel = "NAME",
      description =
          "Collect also what services on this host left; only for a host that is gone for good,"
              + " such as a replaced container. May be repeated.")
  private Set<String> lostHosts = Set.of();

  @Mixin private HttpOptions http = new HttpOptions();

  @Mixin private HomeOption homeOption = new HomeOption();

  CollectCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.home(invocation.environment());
    try (CollectorServer server = CollectorServer.open(home, lostHosts, invocation::say);
        Signals signals = Signals.take(name -> server.stop())) {
      if (once) {
        server.runOnce();
      } else {
        String url = http.listen(server::listen).map(it -> ", HTTP on " + it).orElse("");
        invocation.say("collecting into " + home.folder() + url + " (Ctrl-C ends this)");
        server.run();
      }
      return 0;
    }
  }
}
