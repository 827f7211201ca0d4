package dev.engram.agent.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The place in the application that is nearest to a fault. Stateless. */
final class FaultPlace {
  /** Where nothing of the application is seen, a library's own code is nearer than the JDK's. */
  private static final InAppFrames OUTSIDE_PLATFORM =
      InAppFrames.outside(
          List.of(
              "java.",
              "javax.",
              "jdk.",
              "sun.",
              "com.sun.",
              "junit.",
              "org.junit.",
              "org.testng."));

  private static final List<InAppFrames> LAST_RESORTS =
      List.of(OUTSIDE_PLATFORM, className -> true);

  private FaultPlace() {}

  /**
   * The top frame that somebody of the application wrote, of the innermost throwable that has one;
   * else of those outside the platform; else of all; empty without frames.
   *
   * @param chain innermost first
   */
  static String of(List<ThrowableShape> chain, InAppFrames inApp) {
    String place = in(chain, inApp);
    for (int i = 0; place.isEmpty() && i < LAST_RESORTS.size(); i++) {
      place = in(chain, LAST_RESORTS.get(i));
    }
    return place;
  }

  private static String in(List<ThrowableShape> chain, InAppFrames wanted) {
    boolean recursion = chain.get(0).type().equals("java.lang.StackOverflowError");
    for (ThrowableShape thrown : chain) {
      String place = recursion ? circle(thrown, wanted) : top(thrown, wanted);
      if (!place.isEmpty()) {
        return place;
      }
    }
    return "";
  }

  private static String top(ThrowableShape thrown, InAppFrames wanted) {
    @Nullable StackFrame top = null;
    for (StackFrame frame : thrown.frames()) {
      if (isWanted(frame, wanted)) {
        if (!FrameName.throwsForItsCaller(frame)) {
          return FrameName.of(frame);
        }
        top = top == null ? frame : top;
      }
    }
    return top == null ? "" : FrameName.of(top);
  }

  /** The methods that call each other for ever: where a stack runs out among them is chance. */
  private static String circle(ThrowableShape thrown, InAppFrames wanted) {
    Map<String, Integer> counts = new HashMap<>();
    int most = 0;
    for (StackFrame frame : thrown.frames()) {
      if (isWanted(frame, wanted)) {
        most = Math.max(most, counts.merge(FrameName.of(frame), 1, Integer::sum));
      }
    }
    TreeSet<String> circle = new TreeSet<>();
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      if (2 * count.getValue() >= most) {
        circle.add(count.getKey());
      }
    }
    return String.join(" ", circle);
  }

  private static boolean isWanted(StackFrame frame, InAppFrames wanted) {
    return !FrameName.isGenerated(frame) && wanted.isInApp(frame.className());
  }
}
