package dev.engram.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small file system in memory, mounted for one test and taken away by its {@link Rig}. Needs the
 * right to mount: without it the test says so and is not run.
 */
public final class Disk {
  private static final int CHUNK = 4 << 10;

  private final Path folder;

  private Disk(Path folder) {
    this.folder = folder;
  }

  /** Mounts it; {@code options} as {@code mount -o} takes them, such as {@code size=64m}. */
  static Disk mount(Path folder, String options) {
    try {
      Files.createDirectories(folder);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    List<String> command =
        List.of("mount", "-t", "tmpfs", "-o", "mode=0700," + options, "tmpfs", folder.toString());
    assumeTrue(run(command) == 0, "this user may not mount a tmpfs");
    return new Disk(folder);
  }

  /** Changes how it is mounted, for example to {@code ro}; not while files are open to write. */
  public void remount(String options) {
    assertThat(run(List.of("mount", "-o", "remount," + options, folder.toString()))).isZero();
  }

  /** Takes room away until only so many bytes are left; 0 takes all that there is. */
  public void fill(long left) throws IOException {
    byte[] ballast = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (usable() > left) {
        out.write(ballast);
      }
    } catch (IOException full) {
      assertThat(left).as(full::toString).isZero();
    }
  }

  /** Gives back what {@link #fill} took. */
  public void free() throws IOException {
    Files.delete(ballast());
  }

  /** Takes every file that can still be made; mounted with {@code nr_inodes} these are few. */
  public void fillWithFiles() throws IOException {
    Files.createDirectories(files());
    try {
      while (true) {
        Files.createTempFile(files(), "", "");
      }
    } catch (FileSystemException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  /** Gives back what {@link #fillWithFiles} took. */
  public void freeFiles() throws IOException {
    try (DirectoryStream<Path> taken = Files.newDirectoryStream(files())) {
      for (Path file : taken) {
        Files.delete(file);
      }
    }
    Files.delete(files());
  }

  /** Bytes that can still be written. */
  public long usable() {
    return folder.toFile().getUsableSpace();
  }

  void unmount() {
    run(List.of("umount", "-l", folder.toString()));
  }

  private Path files() {
    return folder.resolve("files");
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static int run(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException absent) {
      return -1;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
