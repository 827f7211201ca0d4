package dev.engram.agent.record.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which running system a process belongs to: process ids and file locks mean the same only to
 * processes whose identities are equal. What a system does not tell is empty.
 *
 * @param host the name of the host or container
 * @param bootId changes with each start of the kernel
 * @param pidNamespace differs between containers of one kernel
 */
public record HostIdentity(String host, String bootId, String pidNamespace) {
  /** That of this process; asks no name server. */
  public static HostIdentity current() {
    return new HostIdentity(
        hostName(),
        firstLine(Path.of("/proc/sys/kernel/random/boot_id")),
        link(Path.of("/proc/self/ns/pid")));
  }

  private static String hostName() {
    String kernel = firstLine(Path.of("/proc/sys/kernel/hostname"));
    String shell = System.getenv("HOSTNAME");
    return !kernel.isEmpty() || shell == null ? kernel : shell;
  }

  private static String firstLine(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException | RuntimeException notTold) {
      return "";
    }
  }

  private static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException | RuntimeException notTold) {
      return "";
    }
  }
}
