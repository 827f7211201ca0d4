package dev.engram.cli;

import dev.engram.cli.render.StoreSizeView;
import dev.engram.collector.server.Memory;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram store stats}. */
@Command(name = "stats", description = "Shows what of the memory takes how much of the disk.")
final class StoreStatsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--json", description = "JSON Lines: one object a kind.")
  private boolean json;

  @Mixin private HomeOption homeOption = new HomeOption();

  StoreStatsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Memory memory = Memory.open(homeOption.readable(invocation.environment()))) {
      Map<String, Long> bytes = memory.bytesByKind();
      if (json) {
        StoreSizeView.json(bytes).forEach(invocation.terminal().out()::println);
      } else if (bytes.isEmpty()) {
        invocation.say("nothing is remembered yet");
      } else {
        StoreSizeView.table(bytes, invocation.terminal());
      }
      return 0;
    }
  }
}
