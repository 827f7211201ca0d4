package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import org.jspecify.annotations.Nullable;

/** A search for what a model shall be told. */
public final class Retrieval extends AiSpan {
  private Retrieval(OpenSpan span) {
    super(span);
  }

  /**
   * Opens its span; null when capture is off, and when a layer above is the same retrieval.
   *
   * @param query text, or null where the store is asked with a vector
   */
  public static @Nullable Retrieval open(@Nullable String query) {
    OpenSpan current = Tracing.current();
    if (current != null && current.operation() instanceof Retrieval) {
      return null;
    }
    OpenSpan span = open(Category.AI, "retrieval", null);
    if (span == null) {
      return null;
    }
    if (query != null) {
      span.payload("gen_ai.retrieval.query.text", "text/plain", query);
    }
    Retrieval retrieval = new Retrieval(span);
    span.operation(retrieval);
    return retrieval;
  }

  /** What it found; at most once. */
  public Retrieval documents(Documents documents) {
    span.put(AttributeKey.ENGRAM_AI_DOCUMENTS, documents.size());
    documents.putInto(span, "gen_ai.retrieval.documents");
    return this;
  }
}
