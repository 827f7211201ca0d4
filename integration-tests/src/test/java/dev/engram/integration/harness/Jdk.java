package dev.engram.integration.harness;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * A JDK on this machine.
 *
 * @param version as its release file says, for example {@code 17.0.15}
 */
public record Jdk(Path home, String version) {
  /** The JDK in this folder, or empty when there is none: a JRE has no compiler. */
  static Optional<Jdk> at(Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/javac"))) {
      return Optional.empty();
    }
    Properties facts = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      facts.load(reader);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
    String version = facts.getProperty("JAVA_VERSION", "").replace("\"", "");
    return version.isEmpty() ? Optional.empty() : Optional.of(new Jdk(home, version));
  }

  public int feature() {
    return Runtime.Version.parse(version).feature();
  }

  /** The path of one of its programs. */
  public String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  @Override
  public String toString() {
    return "JDK " + version;
  }
}
