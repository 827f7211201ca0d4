package dev.engram.agent.instrumentation.methods;

import static dev.engram.agent.core.method.AnnotatedMethods.annotation;
import static dev.engram.agent.core.method.AnnotatedMethods.parameterNames;
import static dev.engram.agent.core.method.AnnotatedMethods.text;

import dev.engram.agent.core.method.AnnotatedMethods;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be remembered of a method's calls: read from its annotation once. Immutable.
 *
 * @param spanName few different ones
 * @param functionName {@code package.Class.method}
 * @param ai whether arguments and result are kept
 * @param provider empty when unknown
 * @param model empty when unknown
 * @param parameters their names, or {@code arg0} and so on where the class was compiled without
 */
record RememberedMethod(
    String spanName,
    String functionName,
    boolean ai,
    String provider,
    String model,
    List<String> parameters) {
  private static final String REMEMBER = "dev.engram.agent.api.Remember";

  /** The table goes with its class. */
  private static final ClassValue<Map<String, RememberedMethod>> BY_SIGNATURE =
      new ClassValue<>() {
        @Override
        protected Map<String, RememberedMethod> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /**
   * @param signature {@code method(type,type)} as ByteBuddy's {@code #m#s} writes it
   */
  static RememberedMethod of(Class<?> type, String signature) {
    Map<String, RememberedMethod> known = BY_SIGNATURE.get(type);
    RememberedMethod method = known.get(signature);
    if (method == null) {
      method = read(type, signature);
      known.put(signature, method);
    }
    return method;
  }

  /** {@code arg0} and so on where it is not known. */
  String parameterName(int index) {
    return index < parameters.size() ? parameters.get(index) : unnamed(index);
  }

  /** What is kept of these arguments, by parameter, in their order. */
  Map<String, String> texts(@Nullable Object[] arguments) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String name = parameterName(i);
      texts.put(name, ArgumentText.of(arguments[i], !name.equals(unnamed(i))));
    }
    return texts;
  }

  private static String unnamed(int index) {
    return "arg" + index;
  }

  String site() {
    int dot = functionName.lastIndexOf('.');
    return functionName.substring(0, dot) + "#" + functionName.substring(dot + 1);
  }

  private static RememberedMethod read(Class<?> type, String signature) {
    Method method = AnnotatedMethods.find(type, signature);
    String name = signature.substring(0, signature.indexOf('('));
    Annotation ofMethod = method == null ? null : annotation(method, REMEMBER);
    Annotation ofClass = ofMethod == null ? annotation(type, REMEMBER) : null;
    Annotation remember = ofMethod == null ? ofClass : ofMethod;
    String given = text(remember, "value");
    return new RememberedMethod(
        spanName(given, ofMethod != null, type, name),
        type.getName() + "." + name,
        text(remember, "kind").equals("AI"),
        text(remember, "provider"),
        text(remember, "model"),
        method == null ? List.of() : parameterNames(method));
  }

  private static String spanName(String given, boolean onMethod, Class<?> type, String methodName) {
    if (onMethod && !given.isEmpty()) {
      return given;
    }
    return (given.isEmpty() ? type.getSimpleName() : given) + "." + methodName;
  }
}
