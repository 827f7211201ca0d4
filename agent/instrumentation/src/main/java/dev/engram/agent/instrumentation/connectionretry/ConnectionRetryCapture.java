package dev.engram.agent.instrumentation.connectionretry;

import dev.engram.agent.core.remedy.Healing;
import org.jspecify.annotations.Nullable;

/** Decides whether a source is asked for a connection again. */
final class ConnectionRetryCapture {
  private ConnectionRetryCapture() {}

  static boolean exit(Object source, @Nullable Object begun, @Nullable Throwable thrown) {
    if (thrown != null) {
      return Healing.failed(begun, () -> place(source), source.getClass(), thrown);
    }
    if (begun != null) {
      Healing.succeeded(begun, () -> place(source));
    }
    return false;
  }

  private static String place(Object source) {
    return "connection " + SourceAddress.of(source);
  }
}
