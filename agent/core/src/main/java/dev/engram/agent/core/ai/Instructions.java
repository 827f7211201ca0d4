package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.Tracing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model is told before the messages, and the hash that is its version. */
final class Instructions extends Content {
  private final List<String> texts = new ArrayList<>(1);

  void add(String text) {
    texts.add(text);
    element().field("type", "text").raw(",").field("content", text).raw("}");
  }

  /** Of the whole texts, however much of them is kept; see {@link Tracing#hashOf}. */
  @Nullable String hash() {
    return Tracing.hashOf("gen_ai.system_instructions", texts);
  }
}
