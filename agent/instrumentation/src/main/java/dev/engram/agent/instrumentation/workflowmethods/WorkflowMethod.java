package dev.engram.agent.instrumentation.workflowmethods;

import dev.engram.agent.core.decision.PlainText;
import dev.engram.agent.core.method.AnnotatedMethods;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a method is in a workflow: read from its annotation once. Immutable.
 *
 * @param name few different ones
 * @param site {@code class#method}
 * @param idIndex which argument is the id of a run; -1 for none
 * @param parameters their names, or {@code arg0} and so on where the class was compiled without
 */
record WorkflowMethod(String name, String site, int idIndex, List<String> parameters) {
  static final String RUN = "dev.engram.agent.api.WorkflowRun";
  static final String NODE = "dev.engram.agent.api.WorkflowNode";

  private static final ClassValue<Map<String, WorkflowMethod>> RUNS = tables();
  private static final ClassValue<Map<String, WorkflowMethod>> NODES = tables();

  /** A table goes with its class. */
  private static ClassValue<Map<String, WorkflowMethod>> tables() {
    return new ClassValue<>() {
      @Override
      protected Map<String, WorkflowMethod> computeValue(Class<?> type) {
        return new ConcurrentHashMap<>();
      }
    };
  }

  /**
   * @param signature {@code method(type,type)} as ByteBuddy's {@code #m#s} writes it
   */
  static WorkflowMethod run(Class<?> type, String signature) {
    return of(RUNS.get(type), RUN, type, signature);
  }

  /** As {@link #run}. */
  static WorkflowMethod node(Class<?> type, String signature) {
    return of(NODES.get(type), NODE, type, signature);
  }

  /** Null where no parameter is the id, or where its argument has no plain text. */
  @Nullable String id(@Nullable Object[] arguments) {
    return idIndex < 0 ? null : PlainText.of(arguments[idIndex]);
  }

  /** The arguments by their names; null when there are none. */
  @Nullable Map<String, @Nullable Object> named(@Nullable Object[] arguments) {
    if (arguments.length == 0) {
      return null;
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      named.put(i < parameters.size() ? parameters.get(i) : "arg" + i, arguments[i]);
    }
    return named;
  }

  private static WorkflowMethod of(
      Map<String, WorkflowMethod> known, String annotation, Class<?> type, String signature) {
    WorkflowMethod method = known.get(signature);
    if (method == null) {
      method = read(annotation, type, signature);
      known.put(signature, method);
    }
    return method;
  }

  private static WorkflowMethod read(String annotationType, Class<?> type, String signature) {
    Method method = AnnotatedMethods.find(type, signature);
    Annotation annotation =
        method == null ? null : AnnotatedMethods.annotation(method, annotationType);
    String methodName = signature.substring(0, signature.indexOf('('));
    String given = AnnotatedMethods.text(annotation, "value");
    List<String> parameters = method == null ? List.of() : AnnotatedMethods.parameterNames(method);
    return new WorkflowMethod(
        given.isEmpty() ? type.getSimpleName() + "." + methodName : given,
        type.getName() + "#" + methodName,
        parameters.indexOf(AnnotatedMethods.text(annotation, "id")),
        parameters);
  }
}
