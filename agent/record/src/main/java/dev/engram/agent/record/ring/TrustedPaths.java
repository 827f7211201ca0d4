package dev.engram.agent.record.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What in a memory home may be used: files and folders of the user that this process acts as, to
 * which nobody else may write, and never a symbolic link. Asks the file system each time and no
 * name server. Thread-safe; waits for a disk, so it is nothing for application threads.
 */
public final class TrustedPaths {
  private static final int TYPE = 0170000;
  private static final int FOLDER = 0040000;
  private static final int FILE = 0100000;
  private static final int LINK = 0120000;

  /** In a folder with it, an entry is moved and removed by its own owner alone. */
  private static final int STICKY = 01000;

  /** Of an entry with an access control list, the group's bit stands for the whole list. */
  private static final int GROUP_OR_OTHERS_WRITE = 0022;

  private static final int OTHERS_WRITE = 0002;
  private static final int ROOT = 0;

  /** Belongs to the user that the process acts as, also where its memory may not be looked at. */
  private static final Path SELF = Path.of("/proc/self");

  private TrustedPaths() {}

  /** What is told of an entry, of a link itself. */
  private record Entry(Path path, int mode, int user) {
    static Entry of(Path path) throws IOException {
      Map<String, Object> told =
          Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
      return new Entry(path, number(told.get("mode")), number(told.get("uid")));
    }

    private static int number(@Nullable Object told) throws IOException {
      if (told instanceof Integer number) {
        return number;
      }
      throw new IOException("this file system tells neither owner nor mode");
    }

    boolean isLink() {
      return (mode & TYPE) == LINK;
    }

    boolean isFileOrFolder() {
      return (mode & TYPE) == FILE || (mode & TYPE) == FOLDER;
    }

    boolean isOwn() throws IOException {
      @Nullable Integer self = self();
      return self == null
          ? Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
              .getName()
              .equals(System.getProperty("user.name"))
          : self == user;
    }

    boolean isOwnOrRoots() throws IOException {
      return user == ROOT || isOwn();
    }
  }

  /**
   * Makes sure that a file or folder is this user's own, and nobody else's to change.
   *
   * @throws UntrustedPathException when it is not
   * @throws IOException when it is not there, or nobody can tell
   */
  public static void requireOwn(Path path) throws IOException {
    Entry entry = requireUnchangeable(path);
    if (!entry.isOwn()) {
      throw foreign(entry);
    }
  }

  /** The same, but the system's administrator may have put it there. */
  public static void requireOwnOrRoots(Path path) throws IOException {
    Entry entry = requireUnchangeable(path);
    if (!entry.isOwnOrRoots()) {
      throw foreign(entry);
    }
  }

  /** Does nothing when there is nothing; a link that leads nowhere is something. */
  public static void requireOwnIfPresent(Path path) throws IOException {
    try {
      requireOwn(path);
    } catch (NoSuchFileException absent) {
      // Whoever wants it makes it.
    }
  }

  /**
   * Makes sure that nobody can put another folder in the place of a home, which may itself be a
   * link, or not be there yet: no folder on the way to it may be everybody's to write, unless it is
   * sticky, and a link on the way must be this user's or root's.
   *
   * @throws UntrustedPathException when somebody can
   */
  public static void requireSafeWayTo(Path home) throws IOException {
    Path wanted = home.toAbsolutePath().normalize();
    Path there = wanted;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    Path real = there.toRealPath();
    Set<Path> way = new LinkedHashSet<>();
    addWay(there.equals(wanted) ? there.getParent() : there, way);
    addWay(there.equals(wanted) ? real.getParent() : real, way);
    requireTrustedLink(home, Entry.of(there));
    for (Path step : way) {
      requireSafeStep(home, Entry.of(step));
    }
  }

  private static void addWay(@Nullable Path last, Set<Path> way) {
    for (Path step = last; step != null; step = step.getParent()) {
      way.add(step);
    }
  }

  private static void requireSafeStep(Path home, Entry step) throws IOException {
    requireTrustedLink(home, step);
    if (!step.isLink() && (step.mode & OTHERS_WRITE) != 0 && (step.mode & STICKY) == 0) {
      throw new UntrustedPathException(
          home, "can be replaced by anybody; run: chmod +t " + step.path);
    }
  }

  private static void requireTrustedLink(Path home, Entry step) throws IOException {
    if (step.isLink() && !step.isOwnOrRoots()) {
      throw new UntrustedPathException(
          home,
          "is reached through a link of user "
              + Integer.toUnsignedString(step.user)
              + ": "
              + step.path);
    }
  }

  private static Entry requireUnchangeable(Path path) throws IOException {
    Entry entry = Entry.of(path);
    if (entry.isLink()) {
      throw new UntrustedPathException(
          path, "is a symbolic link, which is not followed; put in its place what it leads to");
    }
    if (!entry.isFileOrFolder()) {
      throw new UntrustedPathException(path, "is neither a file nor a folder; remove it");
    }
    if ((entry.mode & GROUP_OR_OTHERS_WRITE) != 0) {
      throw new UntrustedPathException(path, "may be written by others; run: chmod go-w " + path);
    }
    return entry;
  }

  private static UntrustedPathException foreign(Entry entry) {
    @Nullable Integer self = self();
    return new UntrustedPathException(
        entry.path,
        "belongs to user "
            + Integer.toUnsignedString(entry.user)
            + ", and this is "
            + (self == null ? "another" : "user " + Integer.toUnsignedString(self))
            + "; act as that user, or use another home");
  }

  /** The number of the user; null where the system does not tell. A process may change it. */
  private static @Nullable Integer self() {
    try {
      return Files.getAttribute(SELF, "unix:uid") instanceof Integer user ? user : null;
    } catch (IOException | UnsupportedOperationException noSuchFolder) {
      return null;
    }
  }
}
