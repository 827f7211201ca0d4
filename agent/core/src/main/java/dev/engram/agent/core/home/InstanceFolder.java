package dev.engram.agent.core.home;

import dev.engram.agent.core.ring.Ring;
import dev.engram.agent.core.ring.RingFile;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingLayout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The folder of this instance: created whole under a name that readers pass over, locked, and only
 * then given its own name. The lock is held until the process ends.
 *
 * @param path its final place
 * @param ring the ring in it, empty
 */
record InstanceFolder(Path path, Ring ring) {
  private static final int LONGEST_NAME = 80;
  private static final Set<StandardOpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /**
   * Keeps the locks reachable: a collected channel would be closed, and closing any descriptor of
   * the file gives the lock up.
   */
  private static final List<FileLock> HELD = new CopyOnWriteArrayList<>();

  /**
   * Creates the folder of a new instance.
   *
   * @throws UnusableHomeException when that cannot be done; nothing is left behind then
   */
  static InstanceFolder create(
      MemoryHome home, String service, RecordingSettings settings, Instant started)
      throws UnusableHomeException {
    UUID instance = UUID.randomUUID();
    InstanceDescription description =
        new InstanceDescription(
            instance,
            service,
            settings.serviceVersion(),
            settings.label(),
            started,
            settings.appPackages());
    int ringCapacity = settings.ringCapacity();
    Path unfinished = home.instances().resolve(HomeLayout.NEW_PREFIX + instance);
    FileLock lock = null;
    boolean finished = false;
    try {
      requireRoom(home.instances(), settings);
      Files.createDirectory(unfinished, Modes.FOLDER);
      lock = lock(unfinished.resolve(HomeLayout.INSTANCE_LOCK));
      Ring ring = createRing(unfinished, ringCapacity, instance, started);
      writeDescription(unfinished, description);
      String name = HomeLayout.instanceFolder(fileName(service), instance.toString());
      Path path = home.instances().resolve(name);
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      finished = HELD.add(lock);
      return new InstanceFolder(path, ring);
    } catch (IOException failure) {
      throw UnusableHomeException.withoutRoom(
          String.format(
              "nothing is remembered: cannot create a ring of %d KiB in %s (%s);"
                  + " free some space or set engram.home to a folder of your own",
              ringCapacity >> 10,
              home.instances(),
              UnusableHomeException.reason(home.instances(), failure)),
          failure);
    } finally {
      if (!finished) {
        giveUp(lock);
        remove(unfinished);
      }
    }
  }

  /**
   * What is left below the floor is the service's. One that ends soon and is started again leaves a
   * ring each time, for a collector that may never come.
   */
  private static void requireRoom(Path instances, RecordingSettings settings) throws IOException {
    long usable = instances.toFile().getUsableSpace();
    if (usable - RingLayout.fileLength(settings.ringCapacity()) < settings.queue().diskFloor()) {
      throw new IOException(
          "its disk has only "
              + (usable >> 20)
              + " MiB left, of which engram.disk.floor stays free");
    }
  }

  private static FileLock lock(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, NEW_FILE, Modes.FILE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IOException(file + " is locked by another process");
    }
    return lock;
  }

  private static void giveUp(@Nullable FileLock lock) {
    try {
      if (lock != null) {
        lock.acquiredBy().close();
      }
    } catch (IOException nobodySeesIt) {
      // Its folder is removed.
    }
  }

  private static Ring createRing(Path folder, int capacity, UUID instance, Instant started)
      throws IOException {
    Path file = folder.resolve(HomeLayout.RING);
    return RingFile.create(file, capacity, instance, started.toEpochMilli(), Modes.FILE);
  }

  private static void writeDescription(Path folder, InstanceDescription description)
      throws IOException {
    Path file = Files.createFile(folder.resolve(HomeLayout.INSTANCE_FILE), Modes.FILE);
    Files.writeString(file, description.toJson());
  }

  /** Puts a file in place of another whole, or leaves the other. Not on application threads. */
  synchronized void replace(String name, String text) {
    Path fresh = path.resolve("." + name + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.writeString(Files.createFile(fresh, Modes.FILE), text);
      Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException noRoom) {
      removeQuietly(fresh);
    }
  }

  /** The service's name with nothing in it that a file system or a shell would mind. */
  static String fileName(String service) {
    String safe = service.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
    String cut = safe.substring(0, Math.min(LONGEST_NAME, safe.length()));
    return cut.isEmpty() ? "service" : cut;
  }

  private static void remove(Path unfinished) {
    for (String name :
        List.of(HomeLayout.RING, HomeLayout.INSTANCE_FILE, HomeLayout.INSTANCE_LOCK)) {
      removeQuietly(unfinished.resolve(name));
    }
    removeQuietly(unfinished);
  }

  private static void removeQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException left) {
      // The collector removes unfinished folders that nobody locks.
    }
  }
}
