package dev.engram.agent.core.control;

import dev.engram.agent.record.control.MalformedControlFileException;
import dev.engram.agent.record.control.Switches;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import dev.engram.agent.record.ring.UntrustedPathException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The file as it lies in a memory home, whose owner alone may switch.
 *
 * @param path need not exist
 * @param folder in which it lies
 */
record SwitchesFile(Path path, Path folder) {
  static SwitchesFile in(Path home) {
    return new SwitchesFile(HomeLayout.switches(home), home.resolve(HomeLayout.CONTROL));
  }

  /** Equal for as long as nobody replaced the file; empty when there is none. */
  String stamp() {
    // Asking a file that is not there for its attributes would cost an exception every second.
    if (!path.toFile().exists()) {
      return "";
    }
    try {
      BasicFileAttributes now =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return now.fileKey() + " " + now.size() + " " + now.lastModifiedTime();
    } catch (IOException justRemoved) {
      return "";
    }
  }

  /**
   * Reads it whole.
   *
   * @throws MalformedControlFileException when it is not what a command line writes
   * @throws UntrustedPathException when it is not this user's own, or may be changed by others
   * @throws IOException when it cannot be read
   */
  Switches read() throws MalformedControlFileException, IOException {
    TrustedPaths.requireOwn(folder);
    TrustedPaths.requireOwn(path);
    byte[] bytes = bytes();
    if (bytes.length > Switches.MAX_LENGTH) {
      throw new MalformedControlFileException("is larger than " + Switches.MAX_LENGTH + " bytes");
    }
    try {
      return Switches.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException noText) {
      throw new MalformedControlFileException("is not in UTF-8", noText);
    }
  }

  /** One more than may be, at most. */
  private byte[] bytes() throws IOException {
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(Switches.MAX_LENGTH + 1);
    }
  }
}
