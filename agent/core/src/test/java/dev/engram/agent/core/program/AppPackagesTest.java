package dev.engram.agent.core.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.config.Configuration;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppPackagesTest {
  @TempDir Path folder;

  @Test
  void mainClass_tellsTheFirstTwoParts() {
    assertThat(guess("com.acme.shop.Main")).containsExactly("com.acme");
    assertThat(guess("com.acme.Main")).containsExactly("com.acme");
    assertThat(guess("shop.Main")).containsExactly("shop");
  }

  @Test
  void packageThatLibrariesLieBelowToo_needsAThirdPart() {
    assertThat(guess("io.github.ada.shop.Main")).containsExactly("io.github.ada");
    assertThat(guess("com.github.ada.Main")).containsExactly("com.github.ada");
    assertThat(guess("com.google.shop.Main")).containsExactly("com.google.shop");
    assertThat(guess("io.github.Main")).isEmpty();
    assertThat(guess("com.Main")).isEmpty();
    assertThat(guess("io.github.resilience4j.Main")).isEmpty();
  }

  @Test
  void mainClassWithoutPackage_orOfALibrary_tellsNothing() {
    assertThat(guess("Main")).isEmpty();
    assertThat(guess("")).isEmpty();
    assertThat(guess("org.springframework.boot.loader.JarLauncher")).isEmpty();
    assertThat(guess("org.apache.catalina.startup.Bootstrap")).isEmpty();
  }

  @Test
  void jar_tellsItsMainClass_andSpringBootsTheApplicationsOwn() throws IOException {
    assertThat(guess(jar(Map.of("Main-Class", "com.acme.a.Main")))).containsExactly("com.acme");
    assertThat(
            guess(
                jar(
                    Map.of(
                        "Main-Class",
                        "org.springframework.boot.loader.launch.JarLauncher",
                        "Start-Class",
                        "de.firma.shop.Application"))))
        .containsExactly("de.firma");
    assertThat(guess(jar(Map.of()))).isEmpty();
  }

  @Test
  void springBootsLauncher_tellsTheApplicationBesideIt() throws IOException {
    String launcher = "org.springframework.boot.loader.launch.JarLauncher";
    Path itself = folder.resolve(launcher.replace('.', '/') + ".class");
    Files.createDirectories(itself.getParent());
    Files.createFile(itself);
    Path manifest = folder.resolve("META-INF/MANIFEST.MF");
    Files.createDirectories(manifest.getParent());
    Files.writeString(manifest, "Start-Class: de.firma.shop.Application\n");

    assertThat(AppPackages.guess(new LaunchedProgram(launcher, "", true), folder.toString()))
        .containsExactly("de.firma");
  }

  @Test
  void unreadableJar_tellsNothing() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");

    assertThat(guess(broken.toString())).isEmpty();
    assertThat(guess(folder.resolve("missing.jar").toString())).isEmpty();
  }

  @Test
  void configuredPackages_areNotGuessedAt() {
    assertThat(AppPackages.of(Configuration.of("app-packages=com.acme.one,com.acme.two")))
        .containsExactly("com.acme.one", "com.acme.two");
  }

  private static List<String> guess(String main) {
    return AppPackages.guess(new LaunchedProgram(main, "", true), "");
  }

  private String jar(Map<String, String> attributes) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach(manifest.getMainAttributes()::putValue);
    Path jar = folder.resolve("app" + attributes.size() + ".jar");
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
    return jar.toString();
  }
}
