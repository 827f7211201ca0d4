package dev.engram.agent.record;

/**
 * Names of classes and methods without the parts that change from run to run or from one build to
 * the next: numbers of accessors and anonymous classes, suffixes of generated subclasses, lambdas.
 */
final class FrameName {
  private static final String LAMBDA = "lambda$";

  /** What begins the generated part of a subclass's name. */
  private static final String[] GENERATED_SUFFIXES = {
    "$$", "_$$_", "$ByteBuddy$", "$HibernateProxy$", "$MockitoMock$", "$Proxy$_$$_"
  };

  private FrameName() {}

  /** Class and method. Line numbers are left out: any edit above would move them. */
  static String of(StackFrame frame) {
    return ofClass(frame.className()) + "#" + ofMethod(frame.methodName());
  }

  /** Whether nobody wrote this frame: proxies and reflection's accessors. */
  static boolean isGenerated(StackFrame frame) {
    String simple = frame.className().substring(frame.className().lastIndexOf('.') + 1);
    return simple.startsWith("$Proxy")
        || simple.startsWith("GeneratedMethodAccessor")
        || simple.startsWith("GeneratedConstructorAccessor")
        || simple.startsWith("GeneratedSerializationConstructorAccessor")
        || simple.contains("$$Lambda")
        || simple.contains("$$FastClass");
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
