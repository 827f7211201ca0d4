package dev.engram.collector.server;

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

  /** Makes the folder when it is missing, for its owner alone. */
  public Home prepare() {
    make(folder);
    if (!Files.isWritable(folder)) {
      throw new HomeException(
          "cannot write to " + folder + "; give its owner the right, or choose --home", null);
    }
    return this;
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
