package dev.engram.agent.core.ai;

import dev.engram.agent.record.AttributeKey;
import java.util.Collection;

/** Several texts as one. Pure. */
final class Joined {
  private Joined() {}

  /** Elements that are no text are left out. */
  static String texts(Collection<?> texts, AttributeKey key) {
    String separator = key == AttributeKey.GEN_AI_REQUEST_STOP_SEQUENCES ? "\n" : ",";
    StringBuilder joined = new StringBuilder();
    for (Object text : texts) {
      if (text instanceof String) {
        joined.append(joined.isEmpty() ? "" : separator).append((String) text);
      }
    }
    return joined.toString();
  }
}
