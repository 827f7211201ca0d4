package dev.engram.agent.core.config;

import java.nio.file.Path;

/** Resolves a configured path, where {@code ~} is the user's home folder. Pure. */
public final class HomePath {
  private HomePath() {}

  /**
   * @param userHome the value of {@code user.home}
   * @throws java.nio.file.InvalidPathException when the text cannot be a path
   */
  public static Path resolve(String text, String userHome) {
    return text.equals("~") || text.startsWith("~/")
        ? Path.of(userHome + text.substring(1))
        : Path.of(text);
  }
}
