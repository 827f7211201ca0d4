package dev.engram.agent.record.ring;

import java.io.IOException;
import java.nio.file.Path;

/** A file or folder that is not used because somebody else may have put it there, or may yet. */
public final class UntrustedPathException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  /**
   * @param problem what is wrong and what to do, as the end of a sentence that begins with the path
   */
  public UntrustedPathException(Path path, String problem) {
    super(path + " " + problem);
    this.problem = problem;
  }

  /** What is wrong and what to do, as the end of a sentence that began with the path. */
  public String problem() {
    return problem;
  }

  /** For people: the path, what is wrong with it and what to do. */
  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }
}
