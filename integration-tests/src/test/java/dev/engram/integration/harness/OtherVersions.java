package dev.engram.integration.harness;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Agents of other versions, and one that does damage: the packaged jar with two places of its byte
 * code changed at most, where a record goes into the ring and where {@code instance.json} is made.
 * Everything else is the real agent.
 */
public final class OtherVersions {
  private static final String RING = "dev.engram.agent.core.ring.Ring";
  private static final String DESCRIPTION = "dev.engram.agent.core.home.InstanceDescription";
  private static final String ISOLATED = "isolated/";
  private static final String SUFFIX = ".classdata";

  private OtherVersions() {}

  /** Records of version 2 with fields, header bytes and a kind that version 1 does not know. */
  public static Path newerAgent(Path folder) throws IOException {
    return patched(folder.resolve("newer-agent.jar"), NewerRecords.class, NewerDescription.class);
  }

  /** Records and a description with no more than what identifies them. */
  public static Path olderAgent(Path folder) throws IOException {
    return patched(folder.resolve("older-agent.jar"), OlderRecords.class, OlderDescription.class);
  }

  /** Today's records and description, but that no record is whole. */
  public static Path damagingAgent(Path folder) throws IOException {
    return patched(folder.resolve("damaging-agent.jar"), DamagedRecords.class, null);
  }

  private static Path patched(Path jar, Class<?> records, @Nullable Class<?> description)
      throws IOException {
    Map<String, byte[]> replaced = new HashMap<>();
    try (ZipFile agent = new ZipFile(Artifacts.agent().toFile())) {
      ClassFileLocator classes =
          new ClassFileLocator.Compound(
              new IsolatedClasses(agent),
              ClassFileLocator.ForClassLoader.of(records.getClassLoader()));
      replaced.put(RING, patched(classes, RING, writingThrough(records)));
      if (description != null) {
        replaced.put(DESCRIPTION, patched(classes, DESCRIPTION, describedBy(description, classes)));
      }
      replaced.put(records.getName(), classes.locate(records.getName()).resolve());
      replaced.put(
          RecordFields.class.getName(), classes.locate(RecordFields.class.getName()).resolve());
      copy(agent, replaced, jar);
    }
    return jar;
  }

  private static AsmVisitorWrapper writingThrough(Class<?> records) {
    try {
      return MemberSubstitution.relaxed()
          .method(named("write").and(takesArguments(4)))
          .replaceWith(
              records.getMethod(
                  "write",
                  ManyToOneRingBuffer.class,
                  int.class,
                  DirectBuffer.class,
                  int.class,
                  int.class))
          .on(named("write"));
    } catch (NoSuchMethodException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static AsmVisitorWrapper describedBy(Class<?> description, ClassFileLocator classes) {
    return Advice.to(TypeDescription.ForLoadedType.of(description), classes).on(named("toJson"));
  }

  private static byte[] patched(ClassFileLocator classes, String name, AsmVisitorWrapper change)
      throws IOException {
    TypeDescription type = TypePool.Default.of(classes).describe(name).resolve();
    byte[] bytes = new ByteBuddy().redefine(type, classes).visit(change).make().getBytes();
    if (Arrays.equals(bytes, classes.locate(name).resolve())) {
      throw new IllegalStateException(name + " has no place to change");
    }
    return bytes;
  }

  private static void copy(ZipFile agent, Map<String, byte[]> replaced, Path jar)
      throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (ZipEntry entry :
          (Iterable<ZipEntry>) agent.stream().map(ZipEntry.class::cast)::iterator) {
        if (!replaced.containsKey(className(entry.getName()))) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(agent.getInputStream(entry).readAllBytes());
        }
      }
      for (Map.Entry<String, byte[]> type : replaced.entrySet()) {
        out.putNextEntry(new ZipEntry(entryName(type.getKey())));
        out.write(type.getValue());
      }
    }
  }

  private static String className(String entry) {
    return entry.startsWith(ISOLATED) && entry.endsWith(SUFFIX)
        ? entry.substring(ISOLATED.length(), entry.length() - SUFFIX.length()).replace('/', '.')
        : entry;
  }

  private static String entryName(String className) {
    return ISOLATED + className.replace('.', '/') + SUFFIX;
  }

  /** The agent's own classes, as its jar hides them. */
  private record IsolatedClasses(ZipFile agent) implements ClassFileLocator {
    @Override
    public Resolution locate(String name) throws IOException {
      ZipEntry entry = agent.getEntry(entryName(name));
      if (entry == null) {
        return new Resolution.Illegal(name);
      }
      try (InputStream in = agent.getInputStream(entry)) {
        return new Resolution.Explicit(in.readAllBytes());
      }
    }

    @Override
    public void close() {}
  }
}
