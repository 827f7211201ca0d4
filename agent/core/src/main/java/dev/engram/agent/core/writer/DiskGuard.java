package dev.engram.agent.core.writer;

import dev.engram.agent.core.log.AgentLog;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says whether the disk has room for more queue above its floor, which is left to the service. It
 * is asked well before, because others write there too. Confined to the writer thread.
 */
final class DiskGuard {
  /** What may be appended between two looks at the disk. */
  static final long LOOK_EVERY = 1 << 20;

  /** A new block, and what is appended before the next look. */
  private static final long HEADROOM = RecordQueue.BLOCK_SIZE + 2 * LOOK_EVERY;

  private final Path folder;
  private final long floor;
  private boolean full;

  DiskGuard(Path folder, long floor) {
    this.folder = folder;
    this.floor = floor;
  }

  /** Looks at the disk; says so once when it fills and once when there is room again. */
  void look() {
    long usable = folder.toFile().getUsableSpace();
    boolean fullNow = usable < floor + HEADROOM;
    // A folder that was removed has no room either, but another line says so.
    if (fullNow != full && (usable > 0 || Files.exists(folder))) {
      full = fullNow;
      AgentLog.line(
          full
              ? "disk of "
                  + folder
                  + " has only "
                  + (usable >> 20)
                  + " MiB left: nothing more is written; free some space or lower engram.disk.floor"
              : "disk of " + folder + " has room again: writing goes on");
    }
  }

  boolean isFull() {
    return full;
  }
}
