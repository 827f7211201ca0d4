package dev.engram.cli;

import java.nio.file.Path;

/** How this program was started, for commands that a person is to type next. */
public final class EngramJar {
  private EngramJar() {}

  /** Such as {@code java -jar cli/target/engram.jar}, or {@code cli/target/engram}. */
  public static String command() {
    return command(System.getProperty("java.class.path", ""), Path.of(""));
  }

  /**
   * The command that starts the jar, or the executable, which is a jar by another name.
   *
   * @param classPath of a JVM that was started with {@code -jar}: the jar alone
   * @param workingFolder a jar below it is named from there
   */
  static String command(String classPath, Path workingFolder) {
    Path base = workingFolder.toAbsolutePath().normalize();
    Path jar = base.resolve(classPath).normalize();
    String shown = ShellWord.of((jar.startsWith(base) ? base.relativize(jar) : jar).toString());
    if (jar.endsWith("engram")) {
      return shown.contains("/") ? shown : "./" + shown;
    }
    boolean alone = !classPath.contains(System.getProperty("path.separator"));
    return "java -jar " + (alone && classPath.endsWith(".jar") ? shown : "engram.jar");
  }
}
