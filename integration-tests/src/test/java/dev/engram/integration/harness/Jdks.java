package dev.engram.integration.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the JDKs that every scenario runs on. A JDK that is missing fails the run, so that a green
 * build always means both.
 */
public final class Jdks {
  private static final Pattern TOOLCHAIN_HOME =
      Pattern.compile("<jdkHome>\\s*(.*?)\\s*</jdkHome>", Pattern.DOTALL);

  private Jdks() {}

  /** JDK 17 and 25; 17 alone when the run says {@code -Dengram.jdk25=skip}. */
  public static Stream<Jdk> all() {
    Jdk oldest = find(17);
    if ("skip".equals(System.getProperty("engram.jdk25"))) {
      System.out.println("Running on " + oldest + "; JDK 25 skipped by -Dengram.jdk25=skip");
      return Stream.of(oldest);
    }
    Jdk newest = find(25);
    System.out.println("Running on " + oldest + " and " + newest);
    return Stream.of(oldest, newest);
  }

  /** All of them in the full tier, the oldest alone in the fast one. */
  public static Stream<Jdk> byTier() {
    return Artifacts.isFullTier() ? all() : all().limit(1);
  }

  /** The JDK of the test run itself. */
  static Jdk running() {
    return Jdk.at(Path.of(System.getProperty("java.home")))
        .orElseThrow(() -> new IllegalStateException("the tests need a JDK, not a JRE"));
  }

  private static Jdk find(int feature) {
    return candidates(feature)
        .map(Jdk::at)
        .flatMap(Optional::stream)
        .filter(jdk -> jdk.feature() == feature)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(missing(feature)));
  }

  private static String missing(int feature) {
    return "no JDK %d found: install one, or name it with JAVA_HOME_%d_X64 or -Dengram.jdk%d.home=..."
            .formatted(feature, feature, feature)
        + (feature == 25 ? ", or leave it out with -Dengram.jdk25=skip" : "");
  }

  /**
   * Where it may be, in order of precedence: what was said, then what runs, then what lies about.
   */
  private static Stream<Path> candidates(int feature) {
    List<String> said = new ArrayList<>();
    said.add(System.getProperty("engram.jdk" + feature + ".home", ""));
    said.add(System.getProperty("java.home"));
    for (String variable :
        List.of(
            "JAVA_HOME_" + feature + "_X64",
            "JAVA_HOME_" + feature + "_ARM64",
            "JDK" + feature + "_HOME",
            "JAVA" + feature + "_HOME")) {
      said.add(System.getenv().getOrDefault(variable, ""));
    }
    Stream<Path> named = said.stream().filter(text -> !text.isBlank()).map(Path::of);
    return Stream.concat(named, Stream.concat(toolchains(), installed()));
  }

  private static Stream<Path> toolchains() {
    Path file = userHome().resolve(".m2/toolchains.xml");
    if (!Files.isRegularFile(file)) {
      return Stream.empty();
    }
    try {
      Matcher matcher = TOOLCHAIN_HOME.matcher(Files.readString(file));
      return matcher.results().map(found -> Path.of(found.group(1))).toList().stream();
    } catch (IOException unreadable) {
      return Stream.empty();
    }
  }

  private static Stream<Path> installed() {
    return Stream.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/usr/java"),
            Path.of("/opt/java"),
            Path.of("/opt"),
            Path.of("/opt/hostedtoolcache/Java_Temurin-Hotspot_jdk"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            userHome().resolve(".sdkman/candidates/java"),
            userHome().resolve(".jdks"))
        .flatMap(Jdks::children)
        .flatMap(home -> Stream.of(home, home.resolve("x64"), home.resolve("Contents/Home")));
  }

  private static Stream<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList().stream();
    } catch (IOException unreadable) {
      return Stream.empty();
    }
  }

  private static Path userHome() {
    return Path.of(System.getProperty("user.home"));
  }
}
