package dev.engram.agent.record;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The tight identity of an error: type of the innermost relevant cause, message template and top
 * in-app frame; of what the surroundings do to the application, type and target. Pure and
 * versioned: the agent matches remedies with it, the collector stores and groups by it.
 */
public final class Fingerprint {
  /** Changes whenever equal input may give another fingerprint. */
  public static final int VERSION = 2;

  /** Types of the JDK whose message is the value that was refused, and nothing else. */
  private static final Set<String> MESSAGE_IS_A_VALUE =
      Set.of(
          "java.io.UnsupportedEncodingException",
          "java.nio.charset.IllegalCharsetNameException",
          "java.nio.charset.UnsupportedCharsetException",
          "java.nio.file.AccessDeniedException",
          "java.nio.file.DirectoryNotEmptyException",
          "java.nio.file.FileAlreadyExistsException",
          "java.nio.file.NoSuchFileException",
          "java.nio.file.NotDirectoryException");

  private Fingerprint() {}

  /**
   * The fingerprint of this exception; never 0. Resolve a stack hash to its frames first: without
   * frames only type and message count.
   *
   * @param inApp which class names belong to the application
   */
  public static long of(ThrowableShape thrown, InAppFrames inApp) {
    List<ThrowableShape> chain = CauseChain.of(thrown);
    ThrowableShape innermost = chain.get(0);
    Hash64 hash = new Hash64().add(VERSION).add(FrameName.ofClass(innermost.type()));
    String target = FailedTarget.of(chain);
    return target.isEmpty()
        ? hash.add(template(innermost)).add(FaultPlace.of(chain, inApp)).value()
        : hash.add("").add(target).value();
  }

  /**
   * The short id users see and type, such as {@code E-1f0c9a77b3d2}: 12 hex digits of the
   * fingerprint.
   */
  public static String label(long fingerprint) {
    return String.format(Locale.ROOT, "E-%012x", fingerprint >>> 16);
  }

  private static String template(ThrowableShape thrown) {
    return MESSAGE_IS_A_VALUE.contains(thrown.type()) ? "" : MessageTemplate.of(thrown.message());
  }
}
