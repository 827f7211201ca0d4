package dev.engram.agent.core.home;

import java.io.File;
import java.io.IOException;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What this JVM was started to run.
 *
 * @param name the jar's file name or the main class; empty when unknown
 * @param version the jar's {@code Implementation-Version}; empty when it has none
 */
record MainProgram(String name, String version) {
  static MainProgram current() {
    String command = System.getProperty("sun.java.command", "").strip();
    String first = command.isEmpty() ? "" : command.split("\\s+", 2)[0];
    if (!first.endsWith(".jar")) {
      return new MainProgram(first, "");
    }
    // A jar that was started is the whole class path.
    File jar = new File(System.getProperty("java.class.path", first));
    return new MainProgram(jar.getName(), version(jar));
  }

  private static String version(File jar) {
    try (JarFile open = new JarFile(jar)) {
      Manifest manifest = open.getManifest();
      String version =
          manifest == null ? null : manifest.getMainAttributes().getValue("Implementation-Version");
      return version == null ? "" : version;
    } catch (IOException | RuntimeException unreadable) {
      return "";
    }
  }
}
