package dev.engram.agent.core.bootstrap;

import dev.engram.agent.core.program.JarName;
import dev.engram.agent.core.program.LaunchedProgram;
import dev.engram.agent.core.program.ProgramPlace;
import java.util.stream.Stream;

/**
 * Finds a name for a service that was given none, safe as a file name. Reads a manifest for a
 * launcher of Spring Boot, no file else.
 */
final class ServiceName {
  private static final int LONGEST = 64;
  private static final String UNKNOWN = "service";

  private ServiceName() {}

  /**
   * @param configured the configured name, or empty
   */
  static String of(String configured, LaunchedProgram program, String classPath) {
    return safe(configured.isEmpty() ? ofProgram(program, classPath) : configured);
  }

  private static String ofProgram(LaunchedProgram program, String classPath) {
    String name = program.simpleName();
    if (!program.isSpringBootLauncher()) {
      return program.isJar() ? JarName.of(name).name() : name;
    }
    ProgramPlace archive = ProgramPlace.of(program, classPath);
    String start = archive.manifest("Start-Class");
    return Stream.of(
            archive.manifest("Implementation-Title"), start.substring(start.lastIndexOf('.') + 1))
        .filter(told -> !told.isEmpty())
        .findFirst()
        .orElse(name);
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
