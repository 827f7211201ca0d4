package dev.engram.agent.core.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks up methods and what their annotations say. Stateless. */
public final class AnnotatedMethods {
  private AnnotatedMethods() {}

  /**
   * The method of this signature, or null when its class cannot be looked at.
   *
   * @param signature {@code method(type,type)} as ByteBuddy's {@code #m#s} writes it
   */
  public static @Nullable Method find(Class<?> type, String signature) {
    try {
      for (Method method : type.getDeclaredMethods()) {
        if (!method.isSynthetic() && signature.equals(signatureOf(method))) {
          return method;
        }
      }
      return null;
    } catch (LinkageError missingClass) {
      return null;
    }
  }

  /** {@code arg0} and so on where the class was compiled without. */
  public static List<String> parameterNames(Method method) {
    return Arrays.stream(method.getParameters()).map(Parameter::getName).toList();
  }

  /** The annotation of this type that is on the element itself, or null. */
  public static @Nullable Annotation annotation(AnnotatedElement element, String type) {
    for (Annotation annotation : element.getDeclaredAnnotations()) {
      if (annotation.annotationType().getName().equals(type)) {
        return annotation;
      }
    }
    return null;
  }

  /** Empty when there is no annotation, or an older one without this member. */
  public static String text(@Nullable Annotation annotation, String member) {
    if (annotation == null) {
      return "";
    }
    try {
      return annotation.annotationType().getMethod(member).invoke(annotation).toString();
    } catch (ReflectiveOperationException olderApi) {
      return "";
    }
  }

  private static String signatureOf(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getName)
        .collect(Collectors.joining(",", method.getName() + "(", ")"));
  }
}
