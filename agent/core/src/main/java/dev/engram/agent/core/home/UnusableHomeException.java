package dev.engram.agent.core.home;

import java.io.IOException;

/** The memory home cannot be used, and why, and what to do about it. */
final class UnusableHomeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String line;

  UnusableHomeException(String line) {
    super(line);
    this.line = line;
  }

  UnusableHomeException(String line, IOException cause) {
    super(line, cause);
    this.line = line;
  }

  /** For people, without the log's prefix. */
  String line() {
    return line;
  }
}
