package dev.engram.cli;

import dev.engram.cli.render.RemovalView;
import dev.engram.cli.render.Units;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.Memory;
import dev.engram.collector.server.RetentionSettings;
import dev.engram.collector.server.Upkeep;
import dev.engram.collector.store.Retention;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram store retain}. */
@Command(
    name = "retain",
    description =
        "Takes out of the memory what is too old or too much, now. A collector does so by itself;"
            + " without options the same goes as with it.",
    footer = {
      "",
      "What people said stays, which errors there were, with their first and last time, and how"
          + " many requests each hour.",
      "Such as: engram store retain --keep 14d --dry-run"
    })
final class StoreRetainCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = "--keep",
      paramLabel = "TIME",
      description =
          "Keep what is younger, such as 14d or 12h; by whole days (UTC) from one day on. Otherwise"
              + " engram.retention.age.")
  private @Nullable String keep;

  @Option(
      names = "--keep-lasting",
      paramLabel = "TIME",
      description =
          "The same for errors, decisions, and what AI and workflows did; no less than --keep."
              + " Otherwise engram.retention.lasting-age.")
  private @Nullable String keepLasting;

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      description =
          "Then keep so much at most, such as 8GiB: the oldest goes. Otherwise"
              + " engram.retention.max-bytes.")
  private @Nullable String maxSize;

  @Option(names = "--dry-run", description = "Say what would go, and change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private HomeOption homeOption = new HomeOption();

  @Spec private CommandSpec command = CommandSpec.create();

  StoreRetainCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.readable(invocation.environment());
    Retention usual = RetentionSettings.of(home, invocation.environment());
    Retention retention =
        new Retention(
            given("--keep", keep, RetentionSettings::age, usual.age()),
            given("--keep-lasting", keepLasting, RetentionSettings::age, usual.lastingAge()),
            usual.rollupAge(),
            given("--max-size", maxSize, RetentionSettings::bytes, usual.maxBytes()));
    long before = bytes(home);
    Upkeep upkeep = new Upkeep(home, invocation::say);
    var removed = dryRun ? upkeep.older(retention) : upkeep.retain(retention).rows();
    var out = invocation.terminal().out();
    if (json) {
      out.println(RemovalView.json(dryRun, removed, before, bytes(home)));
      return 0;
    }
    out.println(RemovalView.line(dryRun, removed));
    if (dryRun) {
      out.println(
          "the store takes " + Units.bytes(before) + RemovalView.limit(retention.maxBytes()));
    } else {
      out.println(
          "the store took " + Units.bytes(before) + ", and takes " + Units.bytes(bytes(home)));
    }
    return 0;
  }

  private static long bytes(Home home) {
    try (Memory memory = Memory.open(home)) {
      return memory.bytes();
    }
  }

  private <T> T given(String name, @Nullable String text, Function<String, T> read, T otherwise) {
    try {
      return text == null ? otherwise : read.apply(text);
    } catch (IllegalArgumentException bad) {
      throw new ParameterException(
          command.commandLine(), name + " " + text + ": " + bad.getMessage(), bad);
    }
  }
}
