package dev.engram.cli;

import java.util.regex.Pattern;

/** Words of a command that a person is to type again. */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("~?[\\p{L}\\p{N}_@%+=:,./-]+");

  private ShellWord() {}

  /** The word as a POSIX shell reads it back; in single quotes where it needs any. */
  public static String of(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
