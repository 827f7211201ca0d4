package dev.engram.agent.record;

import java.util.List;
import java.util.Set;

/**
 * Names of classes and methods without the parts that change from run to run or from one build to
 * the next: numbers of accessors and anonymous classes, suffixes of generated subclasses, lambdas.
 */
final class FrameName {
  private static final String LAMBDA = "lambda$";

  /** Classes that check what they are given, and throw for whoever asked them to. */
  private static final Set<String> GUARDS =
      Set.of(
          "Args",
          "Assert",
          "Assertions",
          "Asserts",
          "Check",
          "Checks",
          "Ensure",
          "Preconditions",
          "Require",
          "Validate",
          "Verify");

  /** What methods of helper classes that do so begin with. */
  private static final List<String> GUARD_VERBS =
      List.of("assert", "check", "ensure", "fail", "require", "throw", "validate", "verify");

  /** What begins the generated part of a subclass's name. */
  private static final String[] GENERATED_SUFFIXES = {
    "$$", "_$$_", "$ByteBuddy$", "$HibernateProxy$", "$MockitoMock$", "$Proxy$_$$_"
  };

  private FrameName() {}

  /**
   * Class and method. Line numbers are left out: any edit above would move them. Of a test the
   * class alone: its methods are so many ways to one fault.
   */
  static String of(StackFrame frame) {
    String outermost = outermost(frame.className());
    return isTest(simple(outermost))
        ? outermost
        : ofClass(frame.className()) + "#" + ofMethod(frame.methodName());
  }

  /** Whether nobody wrote this frame: proxies and reflection's accessors. */
  static boolean isGenerated(StackFrame frame) {
    String simple = simple(frame.className());
    return frame.className().startsWith("$")
        || frame.methodName().startsWith("CGLIB$")
        || simple.startsWith("$Proxy")
        || simple.startsWith("GeneratedMethodAccessor")
        || simple.startsWith("GeneratedConstructorAccessor")
        || simple.startsWith("GeneratedSerializationConstructorAccessor")
        || simple.contains("$$Lambda")
        || simple.contains("$$FastClass");
  }

  /**
   * Whether the frame only makes or throws what its caller has to answer for: guards such as {@code
   * Validate.notNull}, and the exception's own class.
   */
  static boolean throwsForItsCaller(StackFrame frame) {
    String simple = simple(outermost(frame.className()));
    boolean helper =
        simple.endsWith("Util") || simple.endsWith("Utils") || simple.endsWith("Helper");
    return GUARDS.contains(simple)
        || simple.endsWith("Exception")
        || simple.endsWith("Error")
        || helper && startsWithGuardVerb(frame.methodName());
  }

  private static boolean startsWithGuardVerb(String method) {
    for (String verb : GUARD_VERBS) {
      if (method.startsWith(verb)) {
        return method.length() == verb.length()
            || Character.isUpperCase(method.charAt(verb.length()));
      }
    }
    return false;
  }

  private static boolean isTest(String simple) {
    return simple.endsWith("Test")
        || simple.endsWith("Tests")
        || simple.endsWith("TestCase")
        || simple.startsWith("Test")
            && simple.length() > 4
            && Character.isUpperCase(simple.charAt(4));
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** The class that those nested in it are written in. */
  private static String outermost(String className) {
    int nested = className.indexOf('$', className.lastIndexOf('.') + 2);
    return nested < 0 ? className : className.substring(0, nested);
  }

  static String ofClass(String className) {
    int end = className.length();
    for (String suffix : GENERATED_SUFFIXES) {
      int at = className.indexOf(suffix);
      end = at > 0 ? Math.min(end, at) : end;
    }
    return withoutNumbersAfterDollar(className.substring(0, end));
  }

  /** {@code lambda$handle$3} is a part of {@code handle}; {@code access$100} loses its number. */
  private static String ofMethod(String methodName) {
    if (methodName.startsWith(LAMBDA)) {
      int end = methodName.lastIndexOf('$');
      return end > LAMBDA.length() ? methodName.substring(LAMBDA.length(), end) : "lambda";
    }
    return withoutNumbersAfterDollar(methodName);
  }

  private static String withoutNumbersAfterDollar(String name) {
    if (name.indexOf('$') < 0) {
      return name;
    }
    StringBuilder kept = new StringBuilder(name.length());
    boolean afterDollar = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      afterDollar = c == '$' || afterDollar && c >= '0' && c <= '9';
      if (c == '$' || !afterDollar) {
        kept.append(c);
      }
    }
    return kept.toString();
  }
}
