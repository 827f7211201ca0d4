package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.Tracing;
import org.jspecify.annotations.Nullable;

/** Arguments and results of tools as JSON, where a framework has them as objects. */
public final class JsonText {
  private JsonText() {}

  /**
   * Of maps, lists, texts, numbers and flags; of anything else the class. Where it is longer than
   * what is remembered, its beginning.
   */
  public static String of(@Nullable Object value) {
    return new BoundedJson(Tracing.aiContentLimit()).value(value).toString();
  }
}
