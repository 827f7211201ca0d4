package dev.engram.cli;

import picocli.CommandLine.Option;

/** {@code --exit-status}: whether finding nothing is a failure. */
final class ExitStatusOption {
  @Option(names = "--exit-status", description = "Exit code 1 when nothing is found.")
  private boolean exitStatus;

  /** What the command ends with when nothing was found. */
  int ofNothing() {
    return exitStatus ? 1 : 0;
  }
}
