package dev.engram.integration.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files under test, as the build packaged them. */
public final class Artifacts {
  private static final Path ROOT = Path.of(property("engram.root")).toAbsolutePath().normalize();

  private Artifacts() {}

  /** The checkout. */
  public static Path root() {
    return ROOT;
  }

  public static Path agent() {
    return packaged("agent/dist/target/engram-agent.jar");
  }

  /** The classes that applications may use. */
  static Path api() {
    return existing(ROOT.resolve("agent/api/target/classes"));
  }

  public static Path cli() {
    return packaged("cli/target/engram.jar");
  }

  public static Path shop() {
    return packaged("cli/sample-shop/target/engram-sample-shop.jar");
  }

  /** An unpacked distribution that nobody writes to. */
  public static Path tomcat() {
    return existing(Path.of(property("engram.tomcat")));
  }

  /** The folder of small applications compiled with the tests. */
  public static Path applications() {
    return existing(ROOT.resolve("integration-tests/target/test-classes"));
  }

  /** For what this JVM makes; another one may run tests beside it. Made if it is missing. */
  static Path made() throws IOException {
    String fork = "integration-tests/target/" + property("engram.fork");
    return Files.createDirectories(ROOT.resolve(fork));
  }

  /** Whether the long versions of the scenarios run. */
  public static boolean isFullTier() {
    return "full".equals(System.getProperty("engram.tier"));
  }

  private static Path packaged(String path) {
    return existing(ROOT.resolve(path));
  }

  private static Path existing(Path path) {
    if (!Files.exists(path)) {
      throw new IllegalStateException(path + " is missing: run mvn verify from the top folder");
    }
    return path;
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: the build sets it");
    }
    return value;
  }
}
