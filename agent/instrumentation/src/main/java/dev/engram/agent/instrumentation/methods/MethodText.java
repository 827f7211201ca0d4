package dev.engram.agent.instrumentation.methods;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arguments and results as text. Runs the application's {@code toString}, so it may meet anything.
 */
final class MethodText {
  private MethodText() {}

  /** One argument stands alone; several are written as {@code name: text}, one below the other. */
  static CharSequence ofArguments(List<String> names, @Nullable Object[] arguments) {
    if (arguments.length == 1) {
      return of(arguments[0]);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < arguments.length; i++) {
      String name = i < names.size() ? names.get(i) : "arg" + i;
      text.append(i == 0 ? "" : "\n").append(name).append(": ").append(of(arguments[i]));
    }
    return text;
  }

  static String of(@Nullable Object value) {
    try {
      return value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
    } catch (RuntimeException | StackOverflowError unreadable) {
      return "(unreadable: " + unreadable.getClass().getName() + ")";
    }
  }
}
