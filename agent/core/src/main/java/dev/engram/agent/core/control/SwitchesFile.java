package dev.engram.agent.core.control;

import dev.engram.agent.record.control.MalformedControlFileException;
import dev.engram.agent.record.control.Switches;
import dev.engram.agent.record.ring.HomeLayout;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * The file as it lies in a memory home.
 *
 * @param path need not exist
 * @param home whose owner alone may switch
 */
record SwitchesFile(Path path, Path home) {
  private static final String OWNER = "unix:uid";

  static SwitchesFile in(Path home) {
    return new SwitchesFile(HomeLayout.switches(home), home);
  }

  /** Equal for as long as nobody replaced the file; empty when there is none. */
  String stamp() {
    // Asking a file that is not there for its attributes would cost an exception every second.
    if (!path.toFile().exists()) {
      return "";
    }
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return now.fileKey() + " " + now.size() + " " + now.lastModifiedTime();
    } catch (IOException justRemoved) {
      return "";
    }
  }

  /**
   * Reads it whole.
   *
   * @throws MalformedControlFileException when it is not what its owner's command line writes
   * @throws IOException when it cannot be read
   */
  Switches read() throws MalformedControlFileException, IOException {
    checkOwner();
    checkMode(path);
    checkMode(home.resolve(HomeLayout.CONTROL));
    if (Files.size(path) > Switches.MAX_LENGTH) {
      throw new MalformedControlFileException("is larger than " + Switches.MAX_LENGTH + " bytes");
    }
    try {
      return Switches.parse(Files.readString(path));
    } catch (CharacterCodingException noText) {
      throw new MalformedControlFileException("is not in UTF-8", noText);
    }
  }

  private void checkOwner() throws IOException, MalformedControlFileException {
    if (!Files.getAttribute(path, OWNER).equals(Files.getAttribute(home, OWNER))) {
      throw new MalformedControlFileException("does not belong to the owner of " + home);
    }
  }

  private static void checkMode(Path file) throws IOException, MalformedControlFileException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new MalformedControlFileException("may be written by others: chmod go-w " + file);
    }
  }
}
