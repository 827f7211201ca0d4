package dev.engram.agent.core.program;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a jar's file, {@code shop-1.4.2.jar}, taken apart. Immutable.
 *
 * @param name without version and ending
 * @param version empty where none is at the end
 */
public record JarName(String name, String version) {
  private static final String ENDING = ".jar";

  /** {@code -1.4.2}, {@code -2.0.0-SNAPSHOT}, {@code _v3.1}, {@code -1-SNAPSHOT} */
  private static final Pattern VERSION =
      Pattern.compile("[-_]v?(\\d+((\\.[0-9A-Za-z]+)+([-+].*)?|-SNAPSHOT))$");

  /** Of any other file all is name. */
  public static JarName of(String fileName) {
    if (!fileName.endsWith(ENDING)) {
      return new JarName(fileName, "");
    }
    String name = fileName.substring(0, fileName.length() - ENDING.length());
    Matcher version = VERSION.matcher(name);
    return version.find()
        ? new JarName(name.substring(0, version.start()), version.group(1))
        : new JarName(name, "");
  }
}
