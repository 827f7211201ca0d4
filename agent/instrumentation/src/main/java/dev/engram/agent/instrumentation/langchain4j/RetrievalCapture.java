package dev.engram.agent.instrumentation.langchain4j;

import dev.engram.agent.core.ai.Documents;
import dev.engram.agent.core.ai.Retrieval;
import dev.engram.agent.core.capture.Tracing;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was looked for, and found. */
final class RetrievalCapture {
  private RetrievalCapture() {}

  /**
   * @param asked a query, or what a store is asked with
   */
  static @Nullable Object enter(Object asked) {
    String text = asked instanceof Query query ? query.text() : Later.text(asked, "query");
    Retrieval retrieval = Retrieval.open(text);
    if (retrieval != null) {
      retrieval.enter();
    }
    return retrieval;
  }

  static void exit(
      Object opened, Class<?> retriever, @Nullable Object found, @Nullable Throwable thrown) {
    Retrieval retrieval = (Retrieval) opened;
    retrieval.leave();
    if (thrown != null) {
      retrieval.fail(thrown, retriever.getName() + "#retrieve");
      return;
    }
    try {
      retrieval.documents(documents(found));
    } catch (RuntimeException | LinkageError unreadable) {
      Tracing.failed();
    }
    retrieval.end();
  }

  private static Documents documents(@Nullable Object found) {
    Documents documents = new Documents();
    if (found instanceof EmbeddingSearchResult<?> result) {
      for (EmbeddingMatch<?> match : result.matches()) {
        documents.add(match.embeddingId(), match.score(), text(match.embedded()));
      }
    } else if (found instanceof List<?> contents) {
      for (Object content : contents) {
        if (content instanceof Content it) {
          add(documents, it);
        }
      }
    }
    return documents;
  }

  private static void add(Documents to, Content content) {
    String id = null;
    Double score = null;
    for (Map.Entry<?, ?> entry : content.metadata().entrySet()) {
      String name = ((Enum<?>) entry.getKey()).name();
      id = name.equals("EMBEDDING_ID") && entry.getValue() instanceof String it ? it : id;
      score = name.equals("SCORE") && entry.getValue() instanceof Double it ? it : score;
    }
    to.add(id, score, text(content.textSegment()));
  }

  private static @Nullable String text(@Nullable Object embedded) {
    return embedded instanceof TextSegment segment
        ? segment.text()
        : embedded instanceof String text ? text : null;
  }
}
