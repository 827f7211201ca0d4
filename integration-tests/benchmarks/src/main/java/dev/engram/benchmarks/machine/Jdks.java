package dev.engram.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the JDKs to measure on. */
public final class Jdks {
  private static final List<String> VARIABLES =
      List.of("JAVA_HOME_%d_X64", "JAVA_HOME_%d_ARM64", "JDK%d_HOME", "JAVA%d_HOME");

  private Jdks() {}

  /**
   * One of this feature version: as a variable names it, the running one, or one that lies about.
   */
  public static Optional<Jdk> find(int feature) {
    Stream<Path> named =
        VARIABLES.stream()
            .map(variable -> System.getenv(variable.formatted(feature)))
            .filter(home -> home != null && !home.isBlank())
            .map(Path::of);
    Stream<Path> running = Stream.of(Path.of(System.getProperty("java.home")));
    return Stream.of(named, running, installed())
        .flatMap(homes -> homes)
        .flatMap(home -> Jdk.at(home).stream())
        .filter(jdk -> jdk.feature() == feature)
        .findFirst();
  }

  private static Stream<Path> installed() {
    Path user = Path.of(System.getProperty("user.home"));
    return Stream.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/usr/java"),
            Path.of("/opt/java"),
            Path.of("/opt"),
            Path.of("/opt/hostedtoolcache/Java_Temurin-Hotspot_jdk"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"))
        .flatMap(Jdks::children)
        .flatMap(home -> Stream.of(home, home.resolve("x64"), home.resolve("Contents/Home")));
  }

  private static Stream<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return Arrays.stream(children.sorted().toArray(Path[]::new));
    } catch (IOException absent) {
      return Stream.empty();
    }
  }
}
