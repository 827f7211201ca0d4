package dev.engram.agent.core.control;

import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.record.control.MalformedControlFileException;
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
 * A small file as it lies in a memory home, which is this user's alone to write. Not for
 * application threads.
 *
 * @param path need not exist
 * @param folder in which it lies
 * @param maxLength in bytes; a longer file is not read
 */
public record ControlFile(Path path, Path folder, int maxLength) {
  /** No file's stamp, so that it is looked at again. */
  public static final String UNREAD = "unread";

  private static final int LONGEST_LINE = 1_000;

  /** Equal for as long as nobody replaced the file; empty when there is none. */
  public String stamp() {
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
   * @throws MalformedControlFileException when it is too long, or no text
   * @throws UntrustedPathException when it is not this user's own, or may be changed by others
   * @throws IOException when it cannot be read
   */
  public String text() throws MalformedControlFileException, IOException {
    TrustedPaths.requireOwn(folder);
    TrustedPaths.requireOwn(path);
    byte[] bytes = bytes();
    if (bytes.length > maxLength) {
      throw new MalformedControlFileException("is larger than " + maxLength + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException noText) {
      throw new MalformedControlFileException("is not in UTF-8", noText);
    }
  }

  /** Why it cannot be used, in words that go on after its name. */
  public String inWords(Exception unusable) {
    if (unusable instanceof UntrustedPathException untrusted) {
      return inWords(untrusted);
    }
    return unusable instanceof MalformedControlFileException
            || unusable instanceof IllegalArgumentException
        ? String.valueOf(unusable.getMessage())
        : "cannot be read (" + unusable + ")";
  }

  /** Says something of it, in one line. What is said may be what somebody wrote into it. */
  public void say(String text) {
    String shown = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "...";
    AgentLog.line(path + " " + shown.replaceAll("\\p{Cntrl}", "?"));
  }

  private String inWords(UntrustedPathException untrusted) {
    String itself = path + " " + untrusted.problem();
    return itself.equals(untrusted.getMessage())
        ? untrusted.problem()
        : "lies in a folder that " + untrusted.problem();
  }

  /** One more than may be, at most. */
  private byte[] bytes() throws IOException {
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(maxLength + 1);
    }
  }
}
