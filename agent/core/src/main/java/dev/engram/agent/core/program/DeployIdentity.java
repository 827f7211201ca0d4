package dev.engram.agent.core.program;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * What is deployed, as the build left it beside the program: {@code Implementation-Version} of the
 * jar that was started, {@code META-INF/build-info.properties} (Spring Boot's build plugins) and
 * {@code git.properties} (the git commit id plugins). Immutable.
 *
 * @param version empty when nothing tells
 * @param revision of the source, such as a commit id; empty when nothing tells
 */
public record DeployIdentity(String version, String revision) {
  private static final int MAX_LENGTH = 256;

  /** Where archives keep the application's own files: plain, Spring Boot's, a web application's. */
  private static final List<String> ROOTS = List.of("", "BOOT-INF/classes/", "WEB-INF/classes/");

  /** Reads files; whatever cannot be read tells nothing. */
  public static DeployIdentity of(LaunchedProgram program, String classPath) {
    File place = place(program, classPath);
    Properties build = properties(place, "META-INF/build-info.properties");
    Properties git = properties(place, "git.properties");
    String manifest = program.isJar() ? implementationVersion(place) : "";
    return new DeployIdentity(
        first(manifest, build.getProperty("build.version"), git.getProperty("git.build.version")),
        first(
            git.getProperty("git.commit.id.abbrev"),
            git.getProperty("git.commit.id"),
            git.getProperty("git.commit.id.full")));
  }

  /** The jar, or the part of the class path that has the main class. */
  private static File place(LaunchedProgram program, String classPath) {
    if (program.isJar()) {
      return new File(program.main());
    }
    String main = program.main().replace('.', '/') + ".class";
    for (String part : classPath.split(File.pathSeparator)) {
      if (has(new File(part), main)) {
        return new File(part);
      }
    }
    return new File("");
  }

  private static boolean has(File place, String name) {
    if (place.isDirectory()) {
      return new File(place, name).isFile();
    }
    try (JarFile jar = new JarFile(place)) {
      return jar.getEntry(name) != null;
    } catch (IOException | RuntimeException unreadable) {
      return false;
    }
  }

  private static Properties properties(File place, String name) {
    Properties properties = new Properties();
    try {
      if (place.isDirectory()) {
        loadFile(new File(place, name), properties);
      } else if (place.isFile()) {
        loadEntry(place, name, properties);
      }
    } catch (IOException | RuntimeException unreadable) {
      properties.clear();
    }
    return properties;
  }

  private static void loadFile(File file, Properties into) throws IOException {
    try (InputStream in = new FileInputStream(file)) {
      into.load(in);
    }
  }

  private static void loadEntry(File place, String name, Properties into) throws IOException {
    try (JarFile jar = new JarFile(place)) {
      for (String root : ROOTS) {
        ZipEntry entry = jar.getEntry(root + name);
        if (entry != null) {
          into.load(jar.getInputStream(entry));
          return;
        }
      }
    }
  }

  private static String implementationVersion(File place) {
    try (JarFile jar = new JarFile(place)) {
      Manifest manifest = jar.getManifest();
      return manifest == null
          ? ""
          : first(manifest.getMainAttributes().getValue("Implementation-Version"));
    } catch (IOException | RuntimeException unreadable) {
      return "";
    }
  }

  private static String first(@Nullable String... candidates) {
    for (@Nullable String candidate : candidates) {
      if (candidate != null && !candidate.isBlank()) {
        String text = candidate.strip();
        return text.substring(0, Math.min(text.length(), MAX_LENGTH));
      }
    }
    return "";
  }
}
