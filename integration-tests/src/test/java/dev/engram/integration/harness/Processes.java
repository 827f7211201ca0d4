package dev.engram.integration.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What runs on this machine. */
final class Processes {
  private Processes() {}

  /**
   * The command lines of processes that carry this text on their command line or, where the system
   * shows it, in the environment they inherited: a grandchild is found even when its parent is
   * gone.
   */
  static List<String> mentioning(String text) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(
            process -> commandLine(process).contains(text) || environment(process).contains(text))
        .map(process -> process.pid() + " " + commandLine(process))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }

  private static String environment(ProcessHandle process) {
    Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
    try {
      return Files.isReadable(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException gone) {
      return "";
    }
  }
}
