package dev.engram.benchmarks.machine;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * A Java on this machine.
 *
 * @param version as its release file says, for example {@code 17.0.15}
 * @param vendor as its release file says
 */
public record Jdk(Path home, String version, String vendor) {
  /** The Java in this folder, or empty when there is none. */
  static Optional<Jdk> at(Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return Optional.empty();
    }
    Properties facts = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      facts.load(reader);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
    String version = unquoted(facts.getProperty("JAVA_VERSION", ""));
    String vendor = unquoted(facts.getProperty("IMPLEMENTOR", "unknown vendor"));
    return version.isEmpty() ? Optional.empty() : Optional.of(new Jdk(home, version, vendor));
  }

  public int feature() {
    return Runtime.Version.parse(version).feature();
  }

  /** The program that starts a JVM. */
  public String java() {
    return home.resolve("bin/java").toString();
  }

  /** As it names an arm: {@code JDK 17}. */
  public String label() {
    return "JDK " + feature();
  }

  private static String unquoted(String text) {
    return text.replace("\"", "");
  }
}
