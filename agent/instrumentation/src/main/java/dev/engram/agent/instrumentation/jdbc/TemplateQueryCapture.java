package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.remedy.RepeatableQuery;
import org.jspecify.annotations.Nullable;

/** Decides whether a query of Spring's template is made again, on another connection. */
final class TemplateQueryCapture {
  private TemplateQueryCapture() {}

  static @Nullable Object enter(Object template) {
    return RepeatableQuery.begin(template.getClass());
  }

  static boolean exit(Object query, @Nullable Throwable thrown) {
    RepeatableQuery made = (RepeatableQuery) query;
    if (thrown != null) {
      return made.failed(thrown);
    }
    made.succeeded();
    return false;
  }
}
