package dev.engram.collector.analysis.workflow;

import dev.engram.collector.analysis.Ancestors;
import dev.engram.collector.store.SpanRow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a node.
 *
 * @param durationNanos -1 when it was interrupted or has not ended
 * @param from the node that led here, where the engine says so
 * @param inputHash what went in; null when that is not known
 */
public record NodeVisit(
    Ancestors.Key key,
    Ancestors.Key above,
    String name,
    long startEpochNanos,
    long durationNanos,
    String status,
    @Nullable String from,
    @Nullable String inputHash) {
  static NodeVisit of(SpanRow row) {
    Map<String, Object> attributes = row.attributes();
    String name = text(attributes, "engram.workflow.node.name");
    return new NodeVisit(
        new Ancestors.Key(row.traceId(), row.spanId()),
        Ancestors.above(row),
        name == null ? row.name() : name,
        row.startEpochNanos(),
        row.durationNanos(),
        row.status(),
        text(attributes, "engram.workflow.transition.from"),
        text(attributes, "engram.workflow.input.hash"));
  }

  boolean failed() {
    return status.equals("error");
  }

  long endEpochNanos() {
    return startEpochNanos + Math.max(0, durationNanos);
  }

  static @Nullable String text(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof String text && !text.isEmpty() ? text : null;
  }
}
