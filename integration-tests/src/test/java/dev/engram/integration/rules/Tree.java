package dev.engram.integration.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.engram.integration.harness.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The modules of the checkout and their compiled classes. */
final class Tree {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private Tree() {}

  /** The folders of all modules, as the root pom lists them. */
  static List<Path> modules() {
    try {
      String pom = Files.readString(Artifacts.root().resolve("pom.xml"));
      return MODULE
          .matcher(pom)
          .results()
          .map((MatchResult module) -> Artifacts.root().resolve(module.group(1)))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Of the product; benchmarks, like tests, reach into what they measure. */
  static JavaClasses mainClasses() {
    Path tests = Artifacts.root().resolve("integration-tests");
    return classes(
        modules().stream().filter(module -> !module.startsWith(tests)).toList(), "target/classes");
  }

  static JavaClasses testClasses() {
    return classes(modules(), "target/test-classes");
  }

  private static JavaClasses classes(List<Path> modules, String folder) {
    return new ClassFileImporter()
        .importPaths(
            modules.stream()
                .map(module -> module.resolve(folder))
                .filter(Files::isDirectory)
                .toList());
  }
}
