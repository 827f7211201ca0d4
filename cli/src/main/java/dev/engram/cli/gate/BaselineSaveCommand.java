package dev.engram.cli.gate;

import dev.engram.cli.Invocation;
import dev.engram.cli.render.SafeText;
import dev.engram.collector.analysis.gate.RunProfile;
import dev.engram.collector.analysis.gate.RunWindow;
import dev.engram.collector.query.RunQueries;
import dev.engram.collector.server.Memory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code engram baseline save}. */
@Command(
    name = "save",
    description = "Writes what a run left to a file, to be kept with the code.",
    footer = {"", "Such as: engram baseline save --label main engram-baseline.json"})
public final class BaselineSaveCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = BaselineFile.NAME,
      description = "The file (default ${DEFAULT-VALUE}); replaced when it is there.")
  private Path file = Path.of(BaselineFile.NAME);

  @Mixin private RunOption run = new RunOption();

  public BaselineSaveCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Memory memory = run.memory(invocation)) {
      RunQueries runs = memory.queries().runs();
      List<RunWindow> windows = run.windows(runs);
      RunProfile profile = runs.profile(windows);
      invocation.sayIncomplete(runs.losses(windows));
      BaselineFile.write(file, profile);
      String line = "baseline of %,d requests, %,d error groups, %,d timings written to %s";
      invocation
          .terminal()
          .out()
          .println(
              SafeText.of(
                  line.formatted(
                      profile.requests(),
                      profile.errors().size(),
                      profile.timings().size(),
                      file)));
    }
    return 0;
  }
}
