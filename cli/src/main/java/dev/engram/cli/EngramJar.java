package dev.engram.cli;

import java.nio.file.Path;

/** How this program was started, for commands that a person is to type next. */
public final class EngramJar {
  private EngramJar() {}

  /** Such as {@code java -jar cli/target/engram.jar}. */
  public static String command() {
    return command(System.getProperty("java.class.path", ""), Path.of(""));
  }

  /**
   * The command that starts the jar.
   *
   * @param classPath of a JVM that was started with {@code -jar}: the jar alone
   * @param workingFolder a jar below it is named from there
   */
  static String command(String classPath, Path workingFolder) {
    if (!classPath.endsWith(".jar") || classPath.contains(System.getProperty("path.separator"))) {
      return "java -jar engram.jar";
    }
    Path base = workingFolder.toAbsolutePath().normalize();
    Path jar = base.resolve(classPath).normalize();
    Path shown = jar.startsWith(base) ? base.relativize(jar) : jar;
    return "java -jar " + ShellWord.of(shown.toString());
  }
}
