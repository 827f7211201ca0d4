package dev.engram.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is inside the packaged agent, and what is not. */
class AgentJarIT {
  private static final Path JAR = Path.of(System.getProperty("engram.agent.jar"));
  private static final long BUDGET = 12L << 20;
  private static final List<String> ISOLATED_PACKAGES =
      List.of(
          "dev/engram/agent/core/",
          "dev/engram/agent/instrumentation/",
          "dev/engram/agent/record/",
          "dev/engram/shaded/bytebuddy/",
          "net/openhft/",
          "org/agrona/",
          "org/slf4j/",
          "software/chronicle/enterprise/");

  @Test
  void root_holdsThePremainAlone() throws IOException {
    assertThat(files())
        .filteredOn(name -> !name.startsWith("isolated/"))
        .containsExactlyInAnyOrder(
            "META-INF/MANIFEST.MF",
            "dev/engram/agent/dist/Premain.class",
            "dev/engram/agent/dist/IsolatedClassLoader.class");
  }

  @Test
  void isolatedFolder_holdsNoForeignPackage() throws IOException {
    assertThat(files())
        .filteredOn(name -> name.startsWith("isolated/") && name.endsWith(".classdata"))
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(ISOLATED_PACKAGES)
                    .anyMatch(name.substring("isolated/".length())::startsWith));
  }

  @Test
  void isolatedFolder_holdsNoClassFileThatALoaderWouldFind() throws IOException {
    assertThat(files()).noneMatch(n -> n.startsWith("isolated/") && n.endsWith(".class"));
  }

  @Test
  void analyticsCompilerAndNativeLibraries_areAbsent() throws IOException {
    assertThat(files())
        .noneMatch(name -> name.contains("chronicle/analytics"))
        .noneMatch(name -> name.contains("openhft/compiler"))
        .noneMatch(name -> name.startsWith("isolated/jnr/") || name.contains("com/sun/jna/"))
        .noneMatch(name -> name.matches(".*\\.(so|dll|dylib|jnilib)"));
  }

  @Test
  void manifest_namesTheEntries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Attributes attributes = jar.getManifest().getMainAttributes();
      assertThat(attributes.getValue("Premain-Class")).isEqualTo(Premain.class.getName());
      assertThat(attributes.getValue("Agent-Class")).isEqualTo(Premain.class.getName());
      assertThat(attributes.getValue("Can-Retransform-Classes")).isEqualTo("true");
      assertThat(attributes.getValue("Can-Redefine-Classes")).isEqualTo("true");
      assertThat(attributes.getValue("Class-Path")).isNull();
    }
  }

  @Test
  void size_isWithinTheBudget() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(BUDGET);
  }

  private static List<String> files() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().filter(e -> !e.isDirectory()).map(JarEntry::getName).toList();
    }
  }
}
