package dev.engram.agent.core.home;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The memory home cannot be used, and why, and what to do about it. */
final class UnusableHomeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String line;
  private final boolean passing;

  UnusableHomeException(String line) {
    super(line);
    this.line = line;
    passing = false;
  }

  UnusableHomeException(String line, IOException cause) {
    this(line, cause, false);
  }

  private UnusableHomeException(String line, IOException cause, boolean passing) {
    super(line, cause);
    this.line = line;
    this.passing = passing;
  }

  /** Of a home that is fit but has no room, which it may have later. */
  static UnusableHomeException withoutRoom(String line, IOException cause) {
    return new UnusableHomeException(line, cause, true);
  }

  /** Whether the home may be fit later, without a person's doing anything for it. */
  boolean isPassing() {
    return passing;
  }

  /**
   * What kept {@code wanted} from being used, in words.
   *
   * @param failure what the attempt threw
   */
  static String reason(Path wanted, IOException failure) {
    for (Path path = wanted; path != null; path = path.getParent()) {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        return path + " is a file, not a folder";
      }
    }
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such folder can be made";
    }
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  /** For people, without the log's prefix. */
  String line() {
    return line;
  }
}
