package dev.engram.collector.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.agent.record.ring.HomeLayout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The right to serve a memory home, held by one collector at a time. */
final class CollectorLock implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel channel;
  private final Path description;

  private CollectorLock(FileChannel channel, Path description) {
    this.channel = channel;
    this.description = description;
  }

  /**
   * Takes the lock and says who has it in {@code collector.json}.
   *
   * @throws HomeInUseException when another collector serves this home
   */
  static CollectorLock take(Path home) throws IOException {
    Path description = home.resolve(HomeLayout.COLLECTOR_FILE);
    FileChannel channel =
        FileChannel.open(
            home.resolve(HomeLayout.COLLECTOR_LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PrivateFiles.FILE);
    try {
      if (lock(channel) == null) {
        throw new HomeInUseException(inUse(home, description));
      }
      PrivateFiles.replace(description, describe());
      return new CollectorLock(channel, description);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static byte[] describe() throws IOException {
    String started = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    return JSON.writeValueAsBytes(Map.of("pid", ProcessHandle.current().pid(), "started", started));
  }

  private static String inUse(Path home, Path description) {
    String holder = "another collector";
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(description));
      holder += " (pid " + node.path("pid").asText("?");
      holder += ", started " + node.path("started").asText("?") + ")";
    } catch (IOException starting) {
      holder += " that is just starting";
    }
    return home
        + " is served by "
        + holder
        + "; one collector per home is enough: use it, or stop it first";
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(description);
    channel.close();
  }
}
