package dev.engram.agent.instrumentation.methods;

import dev.engram.agent.core.capture.ApplicationText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments as text. */
final class MethodText {
  private MethodText() {}

  /** One argument stands alone; several are written as {@code name: text}, one below the other. */
  static String ofArguments(List<String> names, @Nullable Object[] arguments) {
    if (arguments.length == 1) {
      return ApplicationText.of(arguments[0]);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < arguments.length; i++) {
      String name = i < names.size() ? names.get(i) : "arg" + i;
      text.append(i == 0 ? "" : "\n").append(name).append(": ");
      text.append(ApplicationText.of(arguments[i]));
    }
    return text.toString();
  }
}
