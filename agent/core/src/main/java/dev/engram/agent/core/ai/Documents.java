package dev.engram.agent.core.ai;

import dev.engram.agent.core.json.BoundedJson;
import org.jspecify.annotations.Nullable;

/** What a retrieval found, in its order. */
public final class Documents extends Content {
  /**
   * @param score as the store gives it; null when it gives none
   */
  public Documents add(@Nullable String id, @Nullable Double score, @Nullable String content) {
    BoundedJson document = element();
    String separator = "";
    if (id != null) {
      document.field("id", id);
      separator = ",";
    }
    if (score != null && !score.isNaN() && !score.isInfinite()) {
      document.raw(separator).raw("\"score\":").raw(score.toString());
      separator = ",";
    }
    if (content != null) {
      document.raw(separator).field("content", content);
    }
    document.raw("}");
    return this;
  }
}
