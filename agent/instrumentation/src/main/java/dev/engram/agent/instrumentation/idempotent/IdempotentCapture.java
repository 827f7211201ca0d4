package dev.engram.agent.instrumentation.idempotent;

import dev.engram.agent.core.remedy.Healing;
import org.jspecify.annotations.Nullable;

/** Decides whether an idempotent method runs again. */
final class IdempotentCapture {
  private IdempotentCapture() {}

  static boolean exit(
      Class<?> type, String method, @Nullable Object begun, @Nullable Throwable thrown) {
    if (thrown != null) {
      return Healing.failed(begun, () -> place(type, method), type, thrown);
    }
    if (begun != null) {
      Healing.succeeded(begun, () -> place(type, method));
    }
    return false;
  }

  private static String place(Class<?> type, String method) {
    return "method " + type.getName() + "#" + method;
  }
}
