package dev.engram.collector.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.HostIdentity;
import dev.engram.agent.record.ring.TrustedPaths;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The right to serve a memory home, held by one collector at a time. */
final class CollectorLock implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel channel;
  private final Path description;
  private final String started = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();

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
    Path file = home.resolve(HomeLayout.COLLECTOR_LOCK);
    TrustedPaths.requireOwnIfPresent(file);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PrivateFiles.FILE);
    try {
      if (lock(channel) == null) {
        throw new HomeInUseException(inUse(home, description));
      }
      CollectorLock taken = new CollectorLock(channel, description);
      taken.describe(Map.of());
      return taken;
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

  /** Says who has the lock, and more that callers want to know. */
  void describe(Map<String, Object> more) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("pid", ProcessHandle.current().pid());
    all.put("pid_namespace", HostIdentity.current().pidNamespace());
    all.put("started", started);
    all.putAll(more);
    PrivateFiles.replace(description, JSON.writeValueAsBytes(all));
  }

  private static String inUse(Path home, Path description) {
    return home
        + " is served by another collector "
        + holder(description)
        + "; one collector per home is enough: use it, or stop it first";
  }

  /** The file of a collector that was killed stays until the next one has written its own. */
  private static String holder(Path description) {
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(description));
      if (mayRun(node)) {
        return String.format(
            "(pid %s, started %s)", node.path("pid").asText("?"), node.path("started").asText("?"));
      }
    } catch (IOException notWrittenYet) {
      // As when it is that of another.
    }
    return "that is just starting";
  }

  private static boolean mayRun(JsonNode collector) {
    String namespace = collector.path("pid_namespace").asText();
    return !namespace.equals(HostIdentity.current().pidNamespace())
        || ProcessHandle.of(collector.path("pid").asLong()).isPresent();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(description);
    channel.close();
  }
}
