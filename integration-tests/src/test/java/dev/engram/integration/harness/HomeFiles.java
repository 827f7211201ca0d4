package dev.engram.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What lies in a memory home, as seen from outside while others write to it. Stateless. */
public final class HomeFiles {
  /** As the ring's layout has it: milliseconds since 1970, little-endian. */
  private static final int HEARTBEAT_OFFSET = 40;

  private HomeFiles() {}

  /** The folder of the one instance; fails when there is none, or more. */
  public static Path onlyInstance(Path home) throws IOException {
    List<Path> folders = instances(home);
    assertThat(folders).as("instances in " + home).hasSize(1);
    return folders.get(0);
  }

  /** The folders of all instances that are complete. */
  public static List<Path> instances(Path home) throws IOException {
    Path instances = home.resolve("instances");
    if (!Files.isDirectory(instances)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(instances)) {
      return folders.filter(path -> !path.getFileName().toString().startsWith(".")).toList();
    }
  }

  /** The files and folders of a home that are not its owner's alone; none when all is well. */
  public static List<String> openToOthers(Path home) throws IOException {
    List<String> open = new ArrayList<>();
    for (Path file : below(home)) {
      try {
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        String wanted = attributes.isDirectory() ? "rwx------" : "rw-------";
        String mode = PosixFilePermissions.toString(attributes.permissions());
        if (!mode.equals(wanted)) {
          open.add(mode + " " + home.relativize(file));
        }
      } catch (NoSuchFileException gone) {
        // Nobody can open it.
      }
    }
    return open;
  }

  /** The folders of instances whose agent says this of itself. */
  public static List<Path> saying(Path home, String text) throws IOException {
    List<Path> saying = new ArrayList<>();
    for (Path instance : instances(home)) {
      Path file = instance.resolve("agent.json");
      if (Files.exists(file) && Files.readString(file).contains(text)) {
        saying.add(instance);
      }
    }
    return saying;
  }

  /** The files of an instance's queue. */
  public static Set<Path> queue(Path instance) throws IOException {
    Path queue = instance.resolve("queue");
    if (!Files.isDirectory(queue)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(queue)) {
      return files
          .filter(path -> path.getFileName().toString().endsWith(".cq4"))
          .collect(Collectors.toSet());
    }
  }

  /** How long ago the service beat last. */
  public static Duration heartbeatAge(Path instance) throws IOException {
    ByteBuffer beat = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel ring = FileChannel.open(instance.resolve("ring"))) {
      ring.read(beat, HEARTBEAT_OFFSET);
    }
    return Duration.ofMillis(System.currentTimeMillis() - beat.getLong(0));
  }

  /** The files below a folder that hold this word, however it is written, and what is around it. */
  public static List<String> holding(Path folder, String word) throws IOException {
    List<String> holding = new ArrayList<>();
    for (Path file : below(folder)) {
      for (String around : Spellings.around(content(file), word)) {
        holding.add(file + ": " + around);
      }
    }
    return holding;
  }

  private static byte[] content(Path file) throws IOException {
    try {
      return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (NoSuchFileException gone) {
      return new byte[0];
    }
  }

  /** The length of all files below a folder; those that go meanwhile count as empty. */
  public static long bytes(Path folder) throws IOException {
    long sum = 0;
    for (Path file : below(folder)) {
      sum += length(file);
    }
    return sum;
  }

  private static long length(Path file) throws IOException {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException gone) {
      return 0;
    }
  }

  /** Files and folders, with this one; what goes meanwhile may be among them or not. */
  private static List<Path> below(Path folder) throws IOException {
    List<Path> below = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path it, BasicFileAttributes attributes) {
            below.add(it);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path it, BasicFileAttributes attributes) {
            below.add(it);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path it, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return below;
  }
}
