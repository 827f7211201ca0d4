package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EngramJarTest {
  private static final Path WORKING = Path.of("/work folder");

  @Test
  void command_jarBelowTheWorkingFolder_isRelative() {
    assertThat(EngramJar.command("/work folder/cli/engram.jar", WORKING))
        .isEqualTo("java -jar cli/engram.jar");
    assertThat(EngramJar.command("./engram.jar", WORKING)).isEqualTo("java -jar engram.jar");
  }

  @Test
  void command_jarElsewhere_isAbsoluteAndQuoted() {
    assertThat(EngramJar.command("/my tools/engram.jar", WORKING))
        .isEqualTo("java -jar '/my tools/engram.jar'");
  }

  @Test
  void command_manyJars_isTheUsualName() {
    assertThat(EngramJar.command("/a.jar:/b.jar", WORKING)).isEqualTo("java -jar engram.jar");
  }

  @Test
  void command_executable_isItself() {
    assertThat(EngramJar.command("/work folder/cli/target/engram", WORKING))
        .isEqualTo("cli/target/engram");
    assertThat(EngramJar.command("/work folder/engram", WORKING)).isEqualTo("./engram");
    assertThat(EngramJar.command("/opt/bin/engram", WORKING)).isEqualTo("/opt/bin/engram");
  }
}
