package dev.engram.agent.core.capture;

import dev.engram.agent.core.context.RisingIds;
import dev.engram.agent.core.context.Traceparent;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link OpenSpan} says, for whoever writes its record. A class above it and not an object
 * of its own, which every span would cost. Filled by one thread at a time.
 */
abstract class SpanContent {
  private static final int MAX_PAYLOADS = 32;

  private final LocalRoot root;
  private final boolean localRoot;

  /** Its id and not the span, or work that begins its own next step would keep all steps alive. */
  private final long localParentId;

  private final long spanId;
  private final long startNanoTime;
  private SpanKind kind;
  private final Category category;
  private Attributes attributes;
  private List<CapturedPayload> payloads = List.of();
  private String name;
  private SpanStatus status = SpanStatus.UNSET;
  private @Nullable String statusDescription;
  private boolean failedByDatabase;

  /**
   * That of a span that begins now.
   *
   * @param parent null when it is the first of its root
   */
  SpanContent(
      Capture capture,
      @Nullable SpanContent parent,
      LocalRoot root,
      SpanKind kind,
      Category category,
      String name) {
    this.localRoot = parent == null;
    this.localParentId = parent == null ? 0 : parent.spanId;
    this.root = root;
    this.startNanoTime = capture.clock().nanoTime();
    this.spanId = RisingIds.spanId(startEpochNanos());
    this.kind = kind;
    this.category = category;
    this.name = name;
    this.attributes = new Attributes(capture.limits().attributes());
  }

  final LocalRoot root() {
    return root;
  }

  final boolean isLocalRoot() {
    return localRoot;
  }

  final long traceIdHigh() {
    return root.traceIdHigh();
  }

  final long traceIdLow() {
    return root.traceIdLow();
  }

  final long spanId() {
    return spanId;
  }

  /** 0 for none. */
  final long parentSpanId() {
    return localRoot ? root.callerSpanId() : localParentId;
  }

  final long startEpochNanos() {
    return startNanoTime + root.clockOffset();
  }

  final long durationUntil(long nanoTime) {
    return nanoTime - startNanoTime;
  }

  /** Which side of an operation it is. */
  public final SpanKind kind() {
    return kind;
  }

  /**
   * The sort of operation it was opened as; a nested call of the same sort can tell itself by it.
   */
  public final Category category() {
    return category;
  }

  /** The W3C header to send to a callee. */
  public final String traceparent() {
    return root.calledBy(spanId).format();
  }

  /**
   * Whether a {@code traceparent} is the one that its request, or message, came with. A gateway
   * that sends it on has copied it, and says nothing about whom its callees belong to.
   */
  public final boolean cameWith(@Nullable String traceparent) {
    Traceparent said = Traceparent.parse(traceparent);
    return said != null && root.isFrom(said);
  }

  /** Whether both belong to the same request, or other outermost span, of this JVM. */
  public final boolean isOfSameRequestAs(OpenSpan other) {
    return root == other.root();
  }

  /** 32 hex digits. */
  public final String traceId() {
    return String.format("%016x%016x", traceIdHigh(), traceIdLow());
  }

  /** Whether in its request a model answered, or something was decided, until now. */
  public final boolean isToBeJudged() {
    return root.isToBeJudged();
  }

  /** The text of the payload of this name, as the application gave it; null for none. */
  public final @Nullable String payloadText(String name) {
    for (CapturedPayload payload : payloads) {
      if (payload.name().equals(name)) {
        return payload.text();
      }
    }
    return null;
  }

  final void turn(SpanKind kind) {
    this.kind = kind;
  }

  final String name() {
    return name;
  }

  final void rename(String name) {
    this.name = name;
  }

  final Attributes attributes() {
    return attributes;
  }

  final List<CapturedPayload> payloads() {
    return payloads;
  }

  /** Beyond so many it is left out. */
  final void addPayload(String name, @Nullable String contentType, String content, long wholeSize) {
    if (payloads.isEmpty()) {
      payloads = new ArrayList<>(2);
    }
    if (payloads.size() < MAX_PAYLOADS) {
      String text = Objects.requireNonNull(content);
      payloads.add(new CapturedPayload(name, contentType, text, wholeSize));
    }
  }

  final SpanStatus status() {
    return status;
  }

  final @Nullable String statusDescription() {
    return statusDescription;
  }

  /** Whether the description may quote a statement. */
  final boolean failedByDatabase() {
    return failedByDatabase;
  }

  final boolean hasFailed() {
    return status == SpanStatus.ERROR
        || attributes.longOf(AttributeKey.HTTP_RESPONSE_STATUS_CODE) >= 500;
  }

  final void failed(String errorType, @Nullable String description, boolean byDatabase) {
    status = SpanStatus.ERROR;
    statusDescription = description;
    failedByDatabase = byDatabase;
    attributes.put(AttributeKey.ERROR_TYPE, errorType);
  }

  /** It may be the parent of work that goes on for long, which should not keep what it held. */
  void release() {
    attributes = Attributes.NONE;
    payloads = List.of();
  }
}
