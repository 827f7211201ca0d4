package dev.engram.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code engram version}. */
@Command(name = "version", description = "Shows the version.")
final class VersionCommand implements Callable<Integer> {
  private final Invocation invocation;

  VersionCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.terminal().out().println(text());
    return 0;
  }

  static String text() {
    return "engram "
        + Version.TEXT
        + " (Java "
        + Runtime.version()
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ")";
  }
}
