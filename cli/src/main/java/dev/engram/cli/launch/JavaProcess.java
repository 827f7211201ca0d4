package dev.engram.cli.launch;

import com.sun.tools.attach.VirtualMachine;
import dev.engram.cli.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process of this machine that somebody named by its id. */
record JavaProcess(long pid, ProcessHandle handle) {
  private static final String CAUGHT = "SigCgt:";
  private static final long QUIT = 1 << 2;

  /**
   * The process.
   *
   * @throws CommandException when there is none
   */
  static JavaProcess of(long pid) {
    ProcessHandle handle =
        ProcessHandle.of(pid).orElseThrow(() -> new CommandException("there is no process " + pid));
    return new JavaProcess(pid, handle);
  }

  /**
   * Makes sure that it can be attached to: the JVM's way to ask ends other programs.
   *
   * @throws CommandException when it cannot
   */
  void checkAttachable() {
    if (pid == ProcessHandle.current().pid()) {
      throw new CommandException("process " + pid + " is this command itself");
    }
    Optional<String> owner = handle.info().user();
    Optional<String> self = ProcessHandle.current().info().user();
    if (owner.isPresent() && self.isPresent() && !owner.equals(self)) {
      throw new CommandException(
          "process "
              + pid
              + " belongs to "
              + owner.get()
              + ", and this is "
              + self.get()
              + ": run it as "
              + owner.get());
    }
    if (!isJvm()) {
      throw new CommandException("process " + pid + " is no Java process");
    }
    if (!listens()) {
      throw new CommandException(
          "process "
              + pid
              + " does not listen for an agent: it begins just now, or has -Xrs or"
              + " -XX:+DisableAttachMechanism; start it with -javaagent instead (engram agent-path)");
    }
  }

  /** The request to attach is a SIGQUIT, which ends a process that does not catch it. */
  private boolean listens() {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      if (!Files.exists(process.resolve("status"))) {
        return true;
      }
      String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return catchesQuit(Files.readAllLines(process.resolve("status")))
          && !command.contains("-XX:+DisableAttachMechanism");
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static boolean catchesQuit(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(CAUGHT))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(CAUGHT.length()).strip(), 16))
        .anyMatch(caught -> (caught & QUIT) != 0);
  }

  private boolean isJvm() {
    Path maps = Path.of("/proc", Long.toString(pid), "maps");
    try {
      return Files.exists(maps)
          ? Files.readString(maps, StandardCharsets.ISO_8859_1).contains("libjvm")
          : VirtualMachine.list().stream().anyMatch(it -> it.id().equals(Long.toString(pid)));
    } catch (IOException unreadable) {
      return false;
    }
  }
}
