package dev.engram.agent.instrumentation.decisions;

import static dev.engram.agent.core.method.AnnotatedMethods.text;

import dev.engram.agent.core.decision.Decisions;
import dev.engram.agent.core.decision.PlainText;
import dev.engram.agent.core.decision.ReturnedParts;
import dev.engram.agent.core.decision.Surrounding;
import dev.engram.agent.core.method.AnnotatedMethods;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a method's annotation says of its decisions: read once. Immutable.
 *
 * @param name few different ones
 * @param model null when it is not said
 * @param parameters their names, or {@code arg0} and so on where the class was compiled without
 */
record AnnotatedDecision(
    String name, @Nullable String model, ReturnedParts parts, List<String> parameters) {
  static final String DECISION = "dev.engram.agent.api.Decision";

  /** The table goes with its class. */
  private static final ClassValue<Map<String, AnnotatedDecision>> BY_SIGNATURE =
      new ClassValue<>() {
        @Override
        protected Map<String, AnnotatedDecision> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /**
   * @param signature {@code method(type,type)} as ByteBuddy's {@code #m#s} writes it
   */
  static AnnotatedDecision of(Class<?> type, String signature) {
    Map<String, AnnotatedDecision> known = BY_SIGNATURE.get(type);
    AnnotatedDecision decision = known.get(signature);
    if (decision == null) {
      decision = read(type, signature);
      known.put(signature, decision);
    }
    return decision;
  }

  /** The arguments that are correlation keys, by the name of the key. */
  Map<String, String> correlations(@Nullable Object[] arguments) {
    Map<String, String> values = new TreeMap<>();
    for (String key : Decisions.correlationKeys()) {
      for (int i = 0; i < Math.min(arguments.length, parameters.size()); i++) {
        String value = PlainText.of(arguments[i]);
        if (value != null && letters(parameters.get(i)).equals(letters(key))) {
          values.put(key, value);
        }
      }
    }
    return values;
  }

  /** Like inputs are known as such only where all of them are plain. */
  Surrounding surrounding(@Nullable Object[] arguments) {
    List<String> texts = new ArrayList<>(arguments.length);
    for (Object argument : arguments) {
      String text = PlainText.of(argument);
      if (text != null) {
        texts.add(text);
      }
    }
    boolean whole = arguments.length > 0 && texts.size() == arguments.length;
    return Surrounding.ofModel(model, null).withInputs(whole ? texts : List.of());
  }

  /** Of order_id and orderId alike. */
  private static String letters(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static AnnotatedDecision read(Class<?> type, String signature) {
    Method method = AnnotatedMethods.find(type, signature);
    Annotation decision = method == null ? null : AnnotatedMethods.annotation(method, DECISION);
    String given = text(decision, "value");
    String name = signature.substring(0, signature.indexOf('('));
    String model = text(decision, "model");
    return new AnnotatedDecision(
        given.isEmpty() ? type.getSimpleName() + "." + name : given,
        model.isEmpty() ? null : model,
        new ReturnedParts(
            text(decision, "choice"),
            text(decision, "options"),
            text(decision, "confidence"),
            text(decision, "source").toLowerCase(Locale.ROOT),
            text(decision, "reasoning")),
        method == null ? List.of() : AnnotatedMethods.parameterNames(method));
  }
}
