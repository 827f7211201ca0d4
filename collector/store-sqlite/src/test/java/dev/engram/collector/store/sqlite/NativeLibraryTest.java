package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  private static final byte[] LIBRARY = {1, 2, 3};

  @TempDir Path folder;

  @Test
  void unpack_leavesTheSameFile_andReplacesAnyOther() throws Exception {
    Path target = folder.resolve("library");
    NativeLibrary.unpack(LIBRARY, folder, "library");
    Object unpacked = Files.getAttribute(target, "unix:ino");
    NativeLibrary.unpack(LIBRARY, folder, "library");
    assertThat(Files.getAttribute(target, "unix:ino")).isEqualTo(unpacked);

    Files.write(target, new byte[] {1, 2, 4});
    NativeLibrary.unpack(LIBRARY, folder, "library");
    assertThat(target).hasBinaryContent(LIBRARY);

    Path other = folder.resolve("other");
    Files.move(target, other);
    Files.createSymbolicLink(target, other);
    NativeLibrary.unpack(LIBRARY, folder, "library");
    assertThat(target).isRegularFile().hasBinaryContent(LIBRARY);
    assertThat(Files.isSymbolicLink(target)).isFalse();
  }
}
