package dev.engram.cli.launch;

import com.sun.tools.attach.VirtualMachine;
import dev.engram.cli.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A process of this machine that somebody named by its id. */
record JavaProcess(long pid, ProcessHandle handle) {
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
