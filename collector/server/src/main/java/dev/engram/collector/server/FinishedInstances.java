package dev.engram.collector.server;

import dev.engram.agent.record.ring.HomeLayout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Folders of instances that came and went while another process collects. For one thread. */
final class FinishedInstances {
  private static final long LOOK_MILLIS = 50;

  private final Path folder;
  private final Set<Path> before;

  FinishedInstances(Home home) {
    folder = HomeLayout.instances(home.folder());
    before = new HashSet<>(folders());
  }

  /** Waits until the collector has taken over every new folder whose process is gone. */
  boolean awaitAdoption(Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (folders().stream().anyMatch(this::waitsForAdoption)) {
      if (System.nanoTime() > deadline || !Pause.of(LOOK_MILLIS)) {
        return false;
      }
    }
    return true;
  }

  private boolean waitsForAdoption(Path instance) {
    return !before.contains(instance) && isLockFree(instance.resolve(HomeLayout.INSTANCE_LOCK));
  }

  private static boolean isLockFree(Path lockFile) {
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException adopted) {
      return false;
    }
  }

  private List<Path> folders() {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[!.]*")) {
        entries.forEach(found::add);
      } catch (IOException unreadable) {
        throw new HomeException(
            "cannot read " + folder + " (" + unreadable + "); give its owner the right",
            unreadable);
      }
    }
    return found;
  }
}
