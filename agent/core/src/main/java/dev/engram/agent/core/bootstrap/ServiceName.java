package dev.engram.agent.core.bootstrap;

import dev.engram.agent.core.program.LaunchedProgram;
import java.util.regex.Pattern;

/** Finds a name for a service that was given none, safe as a file name. Pure. */
final class ServiceName {
  private static final int LONGEST = 64;
  private static final String UNKNOWN = "service";

  /** {@code -1.4.2}, {@code -2.0.0-SNAPSHOT}, {@code _v3.1}, {@code -1-SNAPSHOT} */
  private static final Pattern VERSION =
      Pattern.compile("[-_]v?\\d+((\\.[0-9A-Za-z]+)+([-+].*)?|-SNAPSHOT)$");

  private ServiceName() {}

  /**
   * @param configured the configured name, or empty
   */
  static String of(String configured, LaunchedProgram program) {
    return safe(configured.isEmpty() ? ofProgram(program) : configured);
  }

  private static String ofProgram(LaunchedProgram program) {
    String name = program.simpleName();
    return program.isJar()
        ? VERSION.matcher(name.substring(0, name.length() - ".jar".length())).replaceFirst("")
        : name;
  }

  private static String safe(String name) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < name.length() && safe.length() < LONGEST; i++) {
      char c = name.charAt(i);
      if (isPlain(c)) {
        safe.append(c);
      } else if (safe.length() > 0) {
        safe.append('-');
      }
    }
    while (safe.length() > 0 && ".-".indexOf(safe.charAt(0)) >= 0) {
      safe.deleteCharAt(0);
    }
    return safe.length() == 0 ? UNKNOWN : safe.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '-'
        || c == '_';
  }
}
