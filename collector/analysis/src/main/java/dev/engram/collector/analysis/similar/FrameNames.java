package dev.engram.collector.analysis.similar;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The methods of a stack as they are compared: without lines, numbers of generated classes,
 * reflection and repetition, and without what starts tests. Stateless.
 */
final class FrameNames {
  private static final int MAX_FRAMES = 300;
  private static final Pattern NUMBER = Pattern.compile("\\$[0-9]+");

  /** What generators put behind the name of a class, up to the method. */
  private static final Pattern GENERATED = Pattern.compile("_?\\$\\$[^.]*");

  private static final List<String> REFLECTION =
      List.of("sun.reflect.", "jdk.internal.reflect.", "java.lang.reflect.", "java.lang.invoke.");

  private static final List<String> TEST_RUNNERS = List.of("junit.", "org.junit.", "org.testng.");

  private FrameNames() {}

  /**
   * Their names, innermost first.
   *
   * @param frames as {@code printStackTrace} shows them after "at "
   */
  static List<String> of(List<String> frames) {
    List<String> names = new ArrayList<>();
    for (String frame : frames) {
      String method = frame.substring(0, end(frame));
      if (!names.isEmpty() && startsWithAny(method, TEST_RUNNERS) || names.size() == MAX_FRAMES) {
        break;
      }
      String name = NUMBER.matcher(GENERATED.matcher(method).replaceFirst("")).replaceAll("\\$");
      boolean repeated = !names.isEmpty() && names.get(names.size() - 1).equals(name);
      if (!isPassedOver(method) && !repeated) {
        names.add(name);
      }
    }
    return names;
  }

  private static int end(String frame) {
    int open = frame.lastIndexOf('(');
    return open < 0 ? frame.length() : open;
  }

  private static boolean isPassedOver(String method) {
    return method.startsWith("$")
        || method.contains("$Proxy")
        || method.contains("$$Lambda")
        || method.contains("CGLIB$")
        || startsWithAny(method, REFLECTION);
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }
}
