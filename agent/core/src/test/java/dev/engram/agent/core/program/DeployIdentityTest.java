package dev.engram.agent.core.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployIdentityTest {
  private static final String BUILD = "META-INF/build-info.properties";
  private static final String GIT = "git.properties";
  private static final DeployIdentity UNKNOWN = new DeployIdentity("", "");

  @TempDir Path folder;

  @Test
  void manifestOfTheStartedJar_tellsTheVersion_beforeAllElse() throws IOException {
    Path jar = jar("app.jar", "1.4", Map.of(BUILD, "build.version=9", GIT, "git.commit.id=abc"));

    assertThat(started(jar)).isEqualTo(new DeployIdentity("1.4", "abc"));
  }

  @Test
  void springBootsJar_keepsItAmongItsClasses() throws IOException {
    Path jar =
        jar(
            "boot.jar",
            "",
            Map.of(
                "BOOT-INF/classes/" + BUILD,
                "build.version=2.0",
                "BOOT-INF/classes/" + GIT,
                "git.commit.id.full=abcdef0123\ngit.commit.id.abbrev=abcdef0"));

    assertThat(started(jar)).isEqualTo(new DeployIdentity("2.0", "abcdef0"));
  }

  @Test
  void mainClass_isLookedUpOnTheClassPath() throws IOException {
    Path library = jar("library.jar", "7.7", Map.of(GIT, "git.commit.id=library"));
    Path classes = folder.resolve("classes");
    file(classes.resolve("com/acme/Main.class"), "");
    file(classes.resolve(GIT), "git.build.version=3.1\ngit.commit.id=c0ffee");
    String classPath =
        String.join(File.pathSeparator, "missing.jar", library.toString(), classes.toString());

    assertThat(DeployIdentity.of(new LaunchedProgram("com.acme.Main", "", true), classPath))
        .isEqualTo(new DeployIdentity("3.1", "c0ffee"));
  }

  @Test
  void unpackedArchiveOfSpringBoot_isReadLikeTheArchive() throws IOException {
    String launcher = "org.springframework.boot.loader.launch.JarLauncher";
    file(folder.resolve(launcher.replace('.', '/') + ".class"), "");
    file(folder.resolve("BOOT-INF/classes/" + BUILD), "build.version=2.1");
    file(folder.resolve("BOOT-INF/classes/" + GIT), "git.commit.id=c0ffee");
    assertThat(started(launcher, folder)).isEqualTo(new DeployIdentity("2.1", "c0ffee"));

    file(folder.resolve("META-INF/MANIFEST.MF"), "Implementation-Version: 2.2\n");
    assertThat(started(launcher, folder)).isEqualTo(new DeployIdentity("2.2", "c0ffee"));
  }

  @Test
  void jarOnTheClassPath_tellsTheVersion_ifItsMainClassIsTheApplications() throws IOException {
    Path jar =
        jar("app.jar", "1.5", Map.of("com/acme/Main.class", "", "org/apache/Main.class", ""));

    assertThat(started("com.acme.Main", jar)).isEqualTo(new DeployIdentity("1.5", ""));
    assertThat(started("org.apache.Main", jar)).isEqualTo(UNKNOWN);
  }

  @Test
  void resources_mayLieInAnotherFolderThanClasses() throws IOException {
    file(folder.resolve("classes/com/acme/Main.class"), "");
    file(folder.resolve("resources/" + BUILD), "build.version=2.3");

    assertThat(started("com.acme.Main", folder.resolve("resources"), folder.resolve("classes")))
        .isEqualTo(new DeployIdentity("2.3", ""));
  }

  @Test
  void nameOfTheJar_tellsTheVersion_whereNothingElseDoes() throws IOException {
    assertThat(started(jar("shop-1.4.2-SNAPSHOT.jar", "", Map.of())).version())
        .isEqualTo("1.4.2-SNAPSHOT");
    assertThat(started(jar("shop_v3.1.jar", "", Map.of())).version()).isEqualTo("3.1");
    assertThat(started(jar("shop-1.4.3.jar", "1.5", Map.of())).version()).isEqualTo("1.5");
    assertThat(started(jar("web-2.jar", "", Map.of()))).isEqualTo(UNKNOWN);
  }

  @Test
  void unreadableFiles_tellNothing() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");
    Path odd = jar("odd.jar", " ", Map.of(BUILD, "build.version=\\u12", GIT, "\0"));

    assertThat(started(broken)).isEqualTo(UNKNOWN);
    assertThat(started(folder.resolve("missing.jar"))).isEqualTo(UNKNOWN);
    assertThat(started(odd)).isEqualTo(UNKNOWN);
    assertThat(DeployIdentity.of(new LaunchedProgram("", "", false), "")).isEqualTo(UNKNOWN);
  }

  @Test
  void endlessVersion_isCut() throws IOException {
    Path jar = jar("long.jar", "", Map.of(BUILD, "build.version=" + "9".repeat(100_000)));

    assertThat(started(jar).version()).hasSize(256);
  }

  private static DeployIdentity started(Path jar) {
    return DeployIdentity.of(new LaunchedProgram(jar.toString(), "", true), jar.toString());
  }

  private static DeployIdentity started(String main, Path... classPath) {
    List<String> parts = Stream.of(classPath).map(Path::toString).toList();
    return DeployIdentity.of(
        new LaunchedProgram(main, "", true), String.join(File.pathSeparator, parts));
  }

  private static void file(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Path jar(String name, String version, Map<String, String> files) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    Path jar = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        entries.putNextEntry(new ZipEntry(file.getKey()));
        entries.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }
}
