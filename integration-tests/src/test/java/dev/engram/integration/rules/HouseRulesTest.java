package dev.engram.integration.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Habits that keep the tree readable. */
class HouseRulesTest {
  @Test
  void classNames_sayWhatTheClassIs() {
    classes()
        .that()
        .resideInAPackage("dev.engram..")
        .should()
        .haveNameNotMatching(".*(Impl|Util|Utils|Helper|Manager)")
        .check(Tree.mainClasses());
  }

  @Test
  void tests_waitForConditions_andNeverSleep() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(Tree.testClasses());
  }

  @Test
  void everyPackage_saysItsJob() throws Exception {
    for (Path module : Tree.modules()) {
      assertThat(packagesWithoutAWord(module.resolve("src/main/java"))).isEmpty();
    }
  }

  private static List<Path> packagesWithoutAWord(Path sources) throws Exception {
    if (!Files.isDirectory(sources)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
          .toList();
    }
  }
}
