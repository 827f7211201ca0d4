package dev.engram.agent.core.writer;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import net.bytebuddy.utility.OpenedClassReader;
import net.openhft.chronicle.core.ChronicleInitRunnable;

/**
 * Sees to it that Chronicle's libraries start no thread of their own, read no {@code
 * system.properties} file from the service's working directory into its system properties, and make
 * no {@code target} folder in its temporary folder.
 *
 * <p>They decide it by system properties, all of which one class reads. That class is defined here,
 * before they would load it, as it is but for one thing: it asks {@link ChronicleSystem}. Setting
 * the properties, for however short a time, would show them to the service, and to what it starts.
 */
final class QuietChronicle {
  private static final String READER = "Jvm.class";

  /** Of the same package; loading it does not load the reader. */
  private static final Class<?> NEIGHBOUR = ChronicleInitRunnable.class;

  private static boolean done;

  private QuietChronicle() {}

  /** Only before a class of Chronicle's initialises. */
  static synchronized void initialize() throws IOException {
    if (!done) {
      define(asking(ChronicleSystem.class));
      done = true;
    }
  }

  private static byte[] asking(Class<?> system) throws IOException {
    try (InputStream original = NEIGHBOUR.getResourceAsStream(READER)) {
      if (original == null) {
        throw new FileNotFoundException("Chronicle's " + READER);
      }
      ClassWriter changed = new ClassWriter(0);
      SimpleRemapper names =
          new SimpleRemapper(
              OpenedClassReader.ASM_API, "java/lang/System", system.getName().replace('.', '/'));
      new ClassReader(original.readAllBytes()).accept(new ClassRemapper(changed, names), 0);
      return changed.toByteArray();
    }
  }

  private static void define(byte[] reader) {
    try {
      MethodHandles.privateLookupIn(NEIGHBOUR, MethodHandles.lookup()).defineClass(reader);
    } catch (IllegalAccessException impossible) {
      throw new LinkageError(READER, impossible);
    }
  }
}
