package dev.engram.collector.intake;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import dev.engram.agent.record.ring.UntrustedPathException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The instance folders of a home. A folder that cannot be read, or that somebody else may have put
 * there, is left alone, with one line, and looked at again.
 */
final class InstanceFolders {
  /** A start takes milliseconds; a folder half made after this long belongs to a crash. */
  private static final Duration UNFINISHED_FOR = Duration.ofMinutes(1);

  private final Path folder;
  private final Consumer<String> log;
  private final Set<Path> told = new HashSet<>();

  InstanceFolders(Path home, Consumer<String> log) {
    this.folder = HomeLayout.instances(home);
    this.log = log;
  }

  /** Those that can be read and are not in {@code known}. */
  List<InstanceFolder> fresh(Set<Path> known) {
    List<InstanceFolder> fresh = new ArrayList<>();
    for (Path entry : entries()) {
      if (!isUnfinished(entry) && !known.contains(entry)) {
        read(entry, fresh);
      }
    }
    return fresh;
  }

  /** Removes what a crash of a service at its start, or of a collector, left half made. */
  void removeLeftovers(long nowEpochMillis) {
    for (Path entry : entries()) {
      if (isUnfinished(entry)) {
        removeLeftover(entry, nowEpochMillis);
      }
    }
  }

  private List<Path> entries() {
    List<Path> folders = new ArrayList<>();
    try {
      TrustedPaths.requireOwn(folder);
      list(folders);
    } catch (NoSuchFileException nothingRecordedYet) {
      return List.of();
    } catch (UntrustedPathException untrusted) {
      tell(folder, " is left alone: it " + untrusted.problem());
    } catch (IOException | DirectoryIteratorException e) {
      tell(folder, " cannot be listed (" + firstLine(e) + "); give its owner the right");
    }
    return folders;
  }

  private void list(List<Path> folders) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(entry)) {
          folders.add(entry);
        }
      }
    }
  }

  private static boolean isUnfinished(Path entry) {
    return entry.getFileName().toString().startsWith(HomeLayout.NEW_PREFIX);
  }

  private void read(Path entry, List<InstanceFolder> fresh) {
    try {
      InstanceFolder.requireOwn(entry);
      fresh.add(InstanceFolder.read(entry));
    } catch (UntrustedPathException untrusted) {
      tell(entry, " is left alone: " + untrusted);
    } catch (IOException | RuntimeException e) {
      tell(
          entry,
          " is left alone: its description cannot be read ("
              + firstLine(e)
              + "); repair "
              + HomeLayout.INSTANCE_FILE
              + ", or remove the folder");
    }
  }

  private void tell(Path path, String what) {
    if (told.add(path)) {
      log.accept(path + what);
    }
  }

  private static String firstLine(Exception e) {
    return e.toString().lines().findFirst().orElse("");
  }

  private void removeLeftover(Path entry, long nowEpochMillis) {
    try {
      TrustedPaths.requireOwn(entry);
      long age = nowEpochMillis - Files.getLastModifiedTime(entry).toMillis();
      if (age > UNFINISHED_FOR.toMillis()
          && InstanceFolder.isLockFree(entry.resolve(HomeLayout.INSTANCE_LOCK))) {
        PrivateFiles.remove(entry);
      }
    } catch (NoSuchFileException finishedMeanwhile) {
      // It has its own name now.
    } catch (IOException e) {
      tell(entry, " is left of a crash and cannot be removed (" + firstLine(e) + "); remove it");
    }
  }
}
