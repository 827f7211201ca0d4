package dev.engram.collector.server;

import dev.engram.agent.record.ring.HomeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A memory home: one folder of one operating-system user.
 *
 * @param folder absolute; need not exist
 */
public record Home(Path folder) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /** Where unpacked jars lie; made when missing. */
  public Path library() {
    return make(prepare().folder.resolve("lib"));
  }

  /** Where what people switch lies; made when missing. */
  public Path control() {
    return make(prepare().folder.resolve(HomeLayout.CONTROL));
  }

  /**
   * Makes the folder when it is missing, for its owner alone.
   *
   * @throws HomeException when it cannot be written, or others may write to it
   */
  public Home prepare() {
    make(folder);
    if (!Files.isWritable(folder)) {
      throw new HomeException(
          "cannot write to " + folder + "; give its owner the right, or choose --home", null);
    }
    refuseOthers();
    return this;
  }

  /** Services refuse such a home too: what lies in it might be anybody's. */
  private void refuseOthers() {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
      if (permissions.contains(PosixFilePermission.GROUP_WRITE)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new HomeException(
            "others may write to " + folder + "; run: chmod 700 " + folder, null);
      }
    } catch (IOException unreadable) {
      throw new HomeException(
          "cannot look at " + folder + " (" + unreadable + "); choose another --home", unreadable);
    }
  }

  private static Path make(Path wanted) {
    try {
      if (!Files.isDirectory(wanted)) {
        Files.createDirectories(wanted, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      }
      return wanted;
    } catch (IOException | UnsupportedOperationException impossible) {
      throw new HomeException(
          "cannot make the folder " + wanted + " (" + impossible + "); choose another --home",
          impossible);
    }
  }
}
