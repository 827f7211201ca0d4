package dev.engram.agent.core.program;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Where a program lies: its jar, or a folder with what a jar holds. Whatever cannot be read tells
 * nothing. Immutable.
 */
public record ProgramPlace(File file) {
  /** Where archives keep the application's own files: plain, Spring Boot's, a web application's. */
  private static final List<String> ROOTS = List.of("", "BOOT-INF/classes/", "WEB-INF/classes/");

  private static final byte[] NOTHING = {};

  /** The jar that was started, or the part of the class path that has the main class. */
  public static ProgramPlace of(LaunchedProgram program, String classPath) {
    if (program.isJar()) {
      return new ProgramPlace(new File(program.main()));
    }
    String main = program.main().replace('.', '/') + ".class";
    return parts(classPath)
        .filter(place -> place.has(main))
        .findFirst()
        .orElse(new ProgramPlace(new File("")));
  }

  /** The folders of a class path, which no library is in. */
  static List<ProgramPlace> folders(String classPath) {
    return parts(classPath).filter(place -> place.file.isDirectory()).toList();
  }

  /** An attribute of its manifest; empty where it has none. */
  public String manifest(String name) {
    try {
      byte[] text = read(List.of(JarFile.MANIFEST_NAME));
      Manifest manifest = new Manifest(new ByteArrayInputStream(text));
      return Objects.requireNonNullElse(manifest.getMainAttributes().getValue(name), "").strip();
    } catch (IOException | RuntimeException unreadable) {
      return "";
    }
  }

  /** What a file among the application's own says; empty where there is none. */
  Properties properties(String name) {
    Properties properties = new Properties();
    try {
      List<String> names = ROOTS.stream().map(root -> root + name).toList();
      properties.load(new ByteArrayInputStream(read(names)));
    } catch (IOException | RuntimeException unreadable) {
      properties.clear();
    }
    return properties;
  }

  private static Stream<ProgramPlace> parts(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator)).map(File::new).map(ProgramPlace::new);
  }

  private boolean has(String name) {
    if (file.isDirectory()) {
      return new File(file, name).isFile();
    }
    try (JarFile jar = new JarFile(file)) {
      return jar.getEntry(name) != null;
    } catch (IOException | RuntimeException unreadable) {
      return false;
    }
  }

  /** The first of these files that it has; nothing where it has none. */
  private byte[] read(List<String> names) throws IOException {
    if (!file.isDirectory()) {
      return file.isFile() ? readFromJar(names) : NOTHING;
    }
    for (String name : names) {
      File read = new File(file, name);
      if (read.isFile()) {
        return Files.readAllBytes(read.toPath());
      }
    }
    return NOTHING;
  }

  private byte[] readFromJar(List<String> names) throws IOException {
    try (JarFile jar = new JarFile(file)) {
      for (String name : names) {
        ZipEntry entry = jar.getEntry(name);
        if (entry != null) {
          return jar.getInputStream(entry).readAllBytes();
        }
      }
    }
    return NOTHING;
  }
}
