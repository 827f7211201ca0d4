package dev.engram.agent.core.program;

import java.io.File;
import java.util.Properties;

/**
 * What this JVM was started to run, as far as its system properties tell. Immutable.
 *
 * @param main a class name or the path of a jar; empty when the JVM runs nothing, or was not
 *     started by the {@code java} launcher
 * @param module the module of the main class; empty for the class path
 * @param byLauncher whether a launcher of the JDK started the JVM
 */
public record LaunchedProgram(String main, String module, boolean byLauncher) {
  private static final String JAR = ".jar";

  public static LaunchedProgram of(Properties properties) {
    String command = properties.getProperty("sun.java.command", "").trim();
    String main = main(command, properties.getProperty("java.class.path", ""));
    int slash = main.indexOf('/');
    boolean inModule = slash > 0 && !main.endsWith(JAR);
    return new LaunchedProgram(
        inModule ? main.substring(slash + 1) : main,
        inModule ? main.substring(0, slash) : properties.getProperty("jdk.module.main", ""),
        properties.getProperty("sun.java.launcher") != null);
  }

  public boolean isJar() {
    return main.endsWith(JAR);
  }

  /**
   * Whether a launcher of Spring Boot was started by its name, mostly where an image has an archive
   * unpacked: the manifest there names the application.
   */
  public boolean isSpringBootLauncher() {
    return main.startsWith("org.springframework.boot.loader.");
  }

  /** The file name of the jar without its folder, or the simple name of the class. */
  public String simpleName() {
    char separator = isJar() ? File.separatorChar : '.';
    return main.substring(main.lastIndexOf(separator) + 1);
  }

  /** With {@code -jar} the class path begins with the jar, whose path may have spaces. */
  private static String main(String command, String classPath) {
    int end = classPath.indexOf(File.pathSeparatorChar);
    String first = end < 0 ? classPath : classPath.substring(0, end);
    if (first.endsWith(JAR) && command.startsWith(first)) {
      return first;
    }
    int space = command.indexOf(' ');
    return space < 0 ? command : command.substring(0, space);
  }
}
