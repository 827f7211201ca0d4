package dev.engram.agent.core.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskGuardTest {
  private static final long MORE_THAN_ANY_DISK_HAS = 1L << 62;

  @TempDir private Path folder;

  @Test
  void diskWithLessThanItsFloor_isFull() {
    assertThat(isFull(folder)).isTrue();
  }

  /** Otherwise two lines would say why nothing is written, and the first would be wrong. */
  @Test
  void folderThatWasRemoved_isNotOnAFullDisk() {
    assertThat(isFull(folder.resolve("removed"))).isFalse();
  }

  private static boolean isFull(Path folder) {
    DiskGuard disk = new DiskGuard(folder, MORE_THAN_ANY_DISK_HAS);
    disk.look();
    return disk.isFull();
  }
}
