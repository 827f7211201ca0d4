package dev.engram.agent.core.decision;

import dev.engram.agent.core.capture.ApplicationText;
import dev.engram.agent.core.json.Json;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a returned object says of a decision, found by paths; see {@code @Decision}. Its methods run
 * on the thread that asks, after the application's own method has returned, and nothing that they
 * do is remembered.
 *
 * @param choice empty for the returned object itself
 * @param options empty for none; so are the others
 * @param source of the confidence
 */
public record ReturnedParts(
    String choice, String options, String confidence, String source, String reasoning) {
  private static final Pattern STEP = Pattern.compile("([^\\[\\]]*)(?:\\[([0-9]{1,6})])?");

  /** The table goes with its class. */
  private static final ClassValue<Map<String, Optional<Method>>> GETTERS =
      new ClassValue<>() {
        @Override
        protected Map<String, Optional<Method>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /** Null when nothing was chosen, or the application could not say what. */
  public @Nullable Choice of(@Nullable Object returned) {
    return ApplicationText.asked(() -> read(returned));
  }

  private @Nullable Choice read(@Nullable Object returned) {
    Object chosen = at(returned, choice);
    return chosen == null
        ? null
        : new Choice(
            options.isEmpty() ? List.of() : Parts.texts(at(returned, options)),
            Parts.text(chosen),
            confidence.isEmpty() ? Double.NaN : Parts.number(at(returned, confidence)),
            source,
            reasoning.isEmpty() ? List.of() : Parts.texts(at(returned, reasoning)));
  }

  private static @Nullable Object at(@Nullable Object from, String path) {
    Object at = opened(from);
    String steps = path.startsWith("$.") ? path.substring(2) : path;
    if (steps.isEmpty() || steps.equals("$")) {
      return at;
    }
    for (String step : steps.split("\\.")) {
      Matcher parsed = STEP.matcher(step);
      if (at == null || !parsed.matches()) {
        return null;
      }
      String name = parsed.group(1);
      at = name.isEmpty() ? at : opened(member(at, name));
      at = parsed.group(2) == null ? at : element(at, Integer.parseInt(parsed.group(2)));
    }
    return at;
  }

  private static @Nullable Object opened(@Nullable Object value) {
    return value instanceof Optional<?> perhaps ? perhaps.orElse(null) : value;
  }

  private static @Nullable Object member(Object of, String name) {
    if (of instanceof CharSequence text) {
      return Json.parse(text.toString()).wholly() instanceof Map<?, ?> json ? json.get(name) : null;
    }
    if (of instanceof Map<?, ?> map) {
      return map.get(name);
    }
    Map<String, Optional<Method>> known = GETTERS.get(of.getClass());
    Optional<Method> getter = known.get(name);
    if (getter == null) {
      getter = find(of.getClass(), name);
      known.put(name, getter);
    }
    try {
      return getter.isEmpty() ? null : getter.get().invoke(of);
    } catch (ReflectiveOperationException refused) {
      return null;
    }
  }

  private static @Nullable Object element(@Nullable Object of, int index) {
    if (of instanceof List<?> list) {
      return index < list.size() ? list.get(index) : null;
    }
    return of instanceof Object[] array && index < array.length ? array[index] : null;
  }

  private static Optional<Method> find(Class<?> type, String name) {
    String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    for (String candidate : List.of(name, "get" + capital, "is" + capital)) {
      try {
        Method getter = type.getMethod(candidate);
        getter.setAccessible(true);
        return Optional.of(getter);
      } catch (NoSuchMethodException | RuntimeException | LinkageError notThisOne) {
        // The next name, or none.
      }
    }
    return Optional.empty();
  }
}
