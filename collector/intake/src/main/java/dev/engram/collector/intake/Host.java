package dev.engram.collector.intake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The machine this process runs on.
 *
 * @param bootId of the running kernel, or null where the system has none
 */
record Host(@Nullable String name, @Nullable String bootId) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  static Host current() {
    return new Host(currentName(), currentBootId());
  }

  /** Whether a file lock here speaks for the process that wrote this description. */
  boolean runs(InstanceDescription instance) {
    return bootId != null && instance.bootId() != null
        ? bootId.equals(instance.bootId())
        : name != null && name.equals(instance.host());
  }

  /** Whether the instance ran here before the machine was started anew. */
  boolean ranBefore(InstanceDescription instance) {
    return !runs(instance) && name != null && name.equals(instance.host());
  }

  private static @Nullable String currentName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return null;
    }
  }

  private static @Nullable String currentBootId() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException otherSystem) {
      return null;
    }
  }
}
