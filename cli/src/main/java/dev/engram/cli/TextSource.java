package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Text from a file, or from standard input where {@code -} is given: UTF-8, whatever it holds. */
final class TextSource {
  /** What stands for standard input. */
  static final String STANDARD_INPUT = "-";

  /** What a trace can be found in; what comes later in a text is not read. */
  private static final int MAX_TEXT = 1 << 20;

  private TextSource() {}

  /**
   * All of it, up to a bound.
   *
   * @throws CommandException as {@link #open}
   */
  static String text(String name) {
    char[] text = new char[MAX_TEXT];
    int length = 0;
    try (BufferedReader reader = open(name)) {
      for (int read = 0; read >= 0 && length < MAX_TEXT; ) {
        length += read;
        read = reader.read(text, length, MAX_TEXT - length);
      }
    } catch (IOException unreadable) {
      throw unreadable(name, unreadable);
    }
    return new String(text, 0, length);
  }

  /**
   * Opens it.
   *
   * @throws CommandException when there is no such file, or it cannot be read
   */
  static BufferedReader open(String name) {
    try {
      return new BufferedReader(new InputStreamReader(stream(name), StandardCharsets.UTF_8));
    } catch (IOException | InvalidPathException unreadable) {
      throw unreadable(name, unreadable);
    }
  }

  /** What is said when reading fails. */
  static CommandException unreadable(String name, Exception why) {
    return new CommandException(
        "cannot read " + SafeText.of(name) + "; name a file, or - for standard input",
        why,
        UsageErrors.EXIT_CODE);
  }

  private static InputStream stream(String name) throws IOException {
    return name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(name));
  }
}
