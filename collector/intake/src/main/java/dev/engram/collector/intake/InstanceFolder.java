package dev.engram.collector.intake;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import dev.engram.collector.store.Instance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One instance's folder in a memory home, as its readers see it. Immutable; every question looks at
 * the files anew.
 *
 * @param damage why the description is only what the folder's name says, or null
 */
record InstanceFolder(Path path, InstanceDescription description, @Nullable String damage) {
  /** A running service beats every second; one that has not for this long does not run. */
  static final Duration STALE = Duration.ofSeconds(10);

  private static final List<String> ENTRIES =
      List.of(
          HomeLayout.QUEUE, HomeLayout.RING, HomeLayout.INSTANCE_FILE, HomeLayout.INSTANCE_LOCK);

  /** Makes sure that the folder and what it may hold are this user's own. */
  static void requireOwn(Path path) throws IOException {
    TrustedPaths.requireOwn(path);
    for (String name : ENTRIES) {
      TrustedPaths.requireOwnIfPresent(path.resolve(name));
    }
  }

  /**
   * Reads the folder's description, or throws with a message that says what is wrong with it. One
   * that is missing or damaged is made from the folder's name: a power cut may leave the file empty
   * while ring and queue are whole.
   */
  static InstanceFolder read(Path path) throws IOException {
    try {
      return new InstanceFolder(path, InstanceDescription.read(descriptionIn(path)), null);
    } catch (DamagedDescriptionException damaged) {
      if (!Files.isDirectory(path)) {
        throw damaged;
      }
      InstanceDescription named = InstanceDescription.ofFolder(path, damaged);
      return new InstanceFolder(path, named, damaged.getMessage());
    }
  }

  private static Path descriptionIn(Path path) {
    return path.resolve(HomeLayout.INSTANCE_FILE);
  }

  Path descriptionFile() {
    return descriptionIn(path);
  }

  Path queue() {
    return path.resolve(HomeLayout.QUEUE);
  }

  Path ring() {
    return path.resolve(HomeLayout.RING);
  }

  /** A copy of the ring file's header; empty when there is none or the file is too short. */
  Optional<RingHeader> header() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(RingLayout.RING_OFFSET);
    try (FileChannel channel =
        FileChannel.open(ring(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {}
    } catch (NoSuchFileException noRing) {
      return Optional.empty();
    }
    return bytes.hasRemaining()
        ? Optional.empty()
        : Optional.of(new RingHeader(new UnsafeBuffer(bytes.array())));
  }

  /**
   * Whether the process is there. Beyond this kernel a free lock may mean nothing: a heart that
   * still beats is then one that nobody here may wait for.
   */
  Liveness liveness(Territory territory, long nowEpochMillis) throws IOException {
    if (!territory.covers(description)) {
      return Liveness.ELSEWHERE;
    }
    if (!isLockFree(path.resolve(HomeLayout.INSTANCE_LOCK))) {
      return Liveness.LIVE;
    }
    if (seemsGone(nowEpochMillis)) {
      return Liveness.DEAD;
    }
    return territory.isSameKernel(description) ? Liveness.LEAVING : Liveness.ELSEWHERE;
  }

  /** How the process went, in the words of {@link Instance#END}; null while it may be there. */
  @Nullable String end(Territory territory, long nowEpochMillis) throws IOException {
    Liveness liveness = liveness(territory, nowEpochMillis);
    if (liveness == Liveness.LIVE) {
      return null;
    }
    if (hasStopped()) {
      return Instance.END_STOPPED;
    }
    return liveness == Liveness.ELSEWHERE ? null : Instance.END_KILLED;
  }

  /** Whether the process said that it stops in good order. */
  boolean hasStopped() throws IOException {
    return ProducerBooks.readable(header())
        .filter(header -> header.state() == RingLayout.STATE_STOPPED)
        .isPresent();
  }

  private boolean seemsGone(long nowEpochMillis) throws IOException {
    Optional<RingHeader> header = header();
    if (header.isEmpty() || !header.get().hasMagic()) {
      Path file = descriptionFile();
      return isOld(Files.exists(file) ? file : path, nowEpochMillis);
    }
    long age = nowEpochMillis - header.get().heartbeatEpochMillis();
    return header.get().state() == RingLayout.STATE_STOPPED || Math.abs(age) > STALE.toMillis();
  }

  private static boolean isOld(Path file, long nowEpochMillis) throws IOException {
    long age = nowEpochMillis - Files.getLastModifiedTime(file).toMillis();
    return Math.abs(age) > STALE.toMillis();
  }

  /** Whether no process holds this lock; a lock file that is missing holds nothing. */
  static boolean isLockFree(Path file) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    } catch (NoSuchFileException noLock) {
      return true;
    }
  }
}
