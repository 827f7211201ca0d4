package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.ai.Documents;
import dev.engram.agent.core.ai.Retrieval;
import dev.engram.agent.core.capture.Tracing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;

/** What was looked for, and found. */
final class RetrievalCapture {
  private RetrievalCapture() {}

  static @Nullable Object enter(@Nullable Object request) {
    if (!(request instanceof SearchRequest asked)) {
      return null;
    }
    Retrieval retrieval = Retrieval.open(asked.getQuery());
    if (retrieval != null) {
      retrieval.enter();
    }
    return retrieval;
  }

  static void exit(
      Object opened, Object store, @Nullable Object found, @Nullable Throwable thrown) {
    Retrieval retrieval = (Retrieval) opened;
    retrieval.leave();
    if (thrown != null) {
      retrieval.fail(thrown, store.getClass().getName() + "#similaritySearch");
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
    if (found instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Document document) {
          documents.add(document.getId(), document.getScore(), document.getText());
        }
      }
    }
    return documents;
  }
}
