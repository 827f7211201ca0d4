package dev.engram.collector.store;

import java.util.Set;

/** Where text is searched. */
public enum SearchIn {
  /** Exceptions, the logged ones among them. */
  ERRORS,
  /** Exceptions that were logged, with the text of the log event. */
  LOGS,
  /** What models, agents, tools, workflows and their nodes were given and gave. */
  AI,
  /** What all other spans carry, such as the bodies of requests. */
  BODIES;

  private static final Set<String> AI_CATEGORIES = Set.of("ai", "tool", "workflow", "node");

  public static SearchIn of(ExceptionRow exception) {
    return exception.origin().equals("logged") ? LOGS : ERRORS;
  }

  public static SearchIn of(SpanRow span) {
    return AI_CATEGORIES.contains(span.category()) ? AI : BODIES;
  }
}
