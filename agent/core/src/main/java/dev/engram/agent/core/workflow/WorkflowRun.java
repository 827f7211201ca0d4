package dev.engram.agent.core.workflow;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.context.RisingIds;
import dev.engram.agent.core.json.BoundedJson;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A leg of a run: one thread's or one request's share of it. Filled by one thread at a time. No
 * method throws.
 */
public final class WorkflowRun {
  static final AttributeKey WORKFLOW = AttributeKey.of("gen_ai.workflow.name");
  static final AttributeKey RUN = AttributeKey.of("engram.workflow.run.id");

  /** Characters kept of what a run or node was given or gave: there are many nodes. */
  private static final int MAX_VALUE = 1 << 16;

  private static final AttributeKey ENGINE = AttributeKey.of("engram.workflow.engine");

  private final OpenSpan span;
  private final String workflow;
  private final String id;

  private WorkflowRun(OpenSpan span, String workflow, String id) {
    this.span = span;
    this.workflow = workflow;
    this.id = id;
  }

  /** Below the current span; null when capture is off. */
  public static @Nullable WorkflowRun open(String engine, String workflow, @Nullable String id) {
    OpenSpan span =
        Tracing.open(SpanKind.INTERNAL, Category.WORKFLOW, "invoke_workflow " + workflow);
    if (span == null) {
      return null;
    }
    String runId = id == null ? newId() : id;
    span.put(WORKFLOW, workflow).put(RUN, runId).put(ENGINE, engine);
    return new WorkflowRun(span, workflow, runId);
  }

  private static String newId() {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    return String.format("%016x", RisingIds.spanId(now));
  }

  public OpenSpan span() {
    return span;
  }

  public String workflow() {
    return workflow;
  }

  public String id() {
    return id;
  }

  /** What it was given; see {@link BoundedJson#sorted}. */
  public WorkflowRun input(Object value) {
    put(span, "input", value);
    return this;
  }

  /** What it gave, likewise. */
  public WorkflowRun output(Object value) {
    put(span, "output", value);
    return this;
  }

  /**
   * A value as nodes and runs keep it: by its hash like inputs are found again.
   *
   * @param without the key of an entry of a map that is left out; empty for none
   */
  public static String text(Object value, String without) {
    return json(value, without).toString();
  }

  /** Returns the JSON, as far as it is kept. */
  static String put(OpenSpan span, String name, Object value) {
    BoundedJson json = json(value, "");
    span.payload(name, "application/json", json.toString(), json.wholeSize());
    return json.toString();
  }

  private static BoundedJson json(Object value, String without) {
    return new BoundedJson(MAX_VALUE).sorted(value, without);
  }

  /** Writes the begun note and makes it current on this thread. */
  public WorkflowRun enter() {
    span.begun().enter();
    return this;
  }

  /** Ends it on the thread that entered it. */
  public void end() {
    span.leave();
    span.end();
  }

  /** As {@link #end()}, after this failure. */
  public void fail(Throwable thrown, String site) {
    span.fail(thrown, ExceptionOrigin.ESCAPED, site);
    end();
  }
}
