package dev.engram.agent.core.capture;

import static dev.engram.agent.core.capture.EnteringValues.MAX_NAME;

import dev.engram.agent.core.context.RisingIds;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Field;
import dev.engram.agent.record.RecordEncoder;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ThrowCountRecord;
import dev.engram.agent.record.ThrowableShape;
import dev.engram.agent.record.control.Remedy;
import dev.engram.agent.record.redaction.Redaction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the records of each kind: encodes into scratch memory first, offers last. Thread-safe. */
final class RecordWriter {
  /** What follows the attributes of a span, beside payloads. */
  private static final int SPAN_TAIL = 16;

  private final RecordSink sink;
  private final CaptureLimits limits;
  private final EnteringValues values;
  private final PayloadWriter payloads;
  private final ScratchPool pool = ScratchPool.forThisMachine();

  RecordWriter(RecordSink sink, Redaction redaction, CaptureLimits limits) {
    this.sink = sink;
    this.limits = limits;
    this.values = new EnteringValues(sink, redaction, limits);
    this.payloads = new PayloadWriter(sink, values, limits);
  }

  /** What became of a record. */
  enum Outcome {
    COMMITTED,
    REFUSED,
    /** It was not offered: with less in it, it may fit. */
    TOO_LARGE
  }

  /** Whether it was committed. */
  boolean begun(OpenSpan span, Worth worth) {
    Scratch scratch = pool.acquire();
    try {
      RecordEncoder to = scratch.encoder().begin(RecordKind.BEGUN, scratch.record(), 0);
      identity(to, span);
      values.firstAttributes(to, span.attributes(), sink.maxRecordLength());
      values.contents(to, span);
      return offer(RecordKind.BEGUN, worth, scratch);
    } finally {
      pool.release(scratch);
    }
  }

  /**
   * Whether it was committed; parts of large payloads go before it.
   *
   * @param into takes it: this writer's sink, or the place where it waits
   */
  boolean span(OpenSpan span, long durationNanos, Worth worth, RecordSink into) {
    Scratch scratch = pool.acquire();
    try {
      List<PayloadWriter.Placed> placed = payloads.place(span, worth, scratch, into);
      RecordEncoder to = scratch.encoder().begin(RecordKind.SPAN, scratch.record(), 0);
      identity(to, span);
      to.put(Field.BEGUN, span.hasBegun())
          .put(Field.DURATION, durationNanos)
          .put(Field.STATUS, span.status().code());
      values.message(
          to, Field.STATUS_DESCRIPTION, span.statusDescription(), span.failedByDatabase());
      int room = sink.maxRecordLength() - SPAN_TAIL - PayloadWriter.length(placed);
      to.put(Field.DROPPED_ATTRIBUTES, values.attributes(to, span.attributes(), room));
      payloads.write(to, placed);
      return offer(RecordKind.SPAN, worth, scratch, into);
    } finally {
      pool.release(scratch);
    }
  }

  /** The smallest end of a begun span. */
  boolean ended(OpenSpan span, long durationNanos) {
    Scratch scratch = pool.acquire();
    try {
      scratch
          .encoder()
          .begin(RecordKind.ENDED, scratch.record(), 0)
          .put(Field.TIME, span.startEpochNanos() + durationNanos)
          .put(Field.SPAN_ID, span.spanId())
          .put(Field.DURATION, durationNanos)
          .put(Field.STATUS, span.status().code());
      return offer(RecordKind.ENDED, Worth.RESERVED, scratch);
    } finally {
      pool.release(scratch);
    }
  }

  /**
   * Writes what is kept of an exception.
   *
   * @param messageLimit bytes kept of each message
   * @param lastTry whether it is offered even when it is too large, so that it is counted
   * @param into takes it: this writer's sink, or the place where it waits
   */
  Outcome exception(
      Sighting seen, ThrowableShape thrown, int messageLimit, boolean lastTry, RecordSink into) {
    Scratch scratch = pool.acquire();
    try {
      RecordEncoder to = scratch.encoder().begin(RecordKind.EXCEPTION, scratch.record(), 0);
      to.put(Field.TIME, seen.timeEpochNanos());
      OpenSpan span = seen.span();
      if (span != null) {
        trace(to, span);
      }
      to.put(Field.ORIGIN, seen.origin().code());
      String thread = Thread.currentThread().getName();
      values.text(to, Field.THREAD_NAME, "thread.name", thread, MAX_NAME);
      values.site(to, seen);
      values.throwable(to, thrown, seen.ofDatabase(), messageLimit);
      if (to.length() > sink.maxRecordLength() && !lastTry) {
        return Outcome.TOO_LARGE;
      }
      boolean committed = offer(RecordKind.EXCEPTION, Worth.RESERVED, scratch, into);
      return committed ? Outcome.COMMITTED : Outcome.REFUSED;
    } finally {
      pool.release(scratch);
    }
  }

  boolean lifecycle(long timeEpochNanos, String event, Map<String, Object> attributes) {
    Scratch scratch = pool.acquire();
    try {
      RecordEncoder to = scratch.encoder().begin(RecordKind.LIFECYCLE, scratch.record(), 0);
      to.put(Field.TIME, timeEpochNanos).put(Field.EVENT, event, MAX_NAME);
      values.attributes(to, Attributes.of(attributes, limits.attributes()), sink.maxRecordLength());
      return offer(RecordKind.LIFECYCLE, Worth.RESERVED, scratch);
    } finally {
      pool.release(scratch);
    }
  }

  boolean measurement(
      long timeEpochNanos, String name, String unit, double value, Map<String, Object> attributes) {
    Scratch scratch = pool.acquire();
    try {
      RecordEncoder to = scratch.encoder().begin(RecordKind.MEASUREMENT, scratch.record(), 0);
      to.put(Field.TIME, timeEpochNanos)
          .put(Field.NAME, name, MAX_NAME)
          .put(Field.UNIT, unit, MAX_NAME)
          .put(Field.VALUE, value);
      values.attributes(to, Attributes.of(attributes, limits.attributes()), sink.maxRecordLength());
      return offer(RecordKind.MEASUREMENT, Worth.ORDINARY, scratch);
    } finally {
      pool.release(scratch);
    }
  }

  boolean throwCount(ThrowCountRecord count) {
    Scratch scratch = pool.acquire();
    try {
      RecordEncoder to = scratch.encoder().begin(RecordKind.THROW_COUNT, scratch.record(), 0);
      to.put(Field.TIME, count.timeEpochNanos()).put(Field.DURATION, count.durationNanos());
      values.text(to, Field.THROW_SITE, "code.function.name", count.site(), MAX_NAME);
      to.put(Field.COUNT, count.count())
          .put(Field.COUNT_LOW, count.low())
          .put(Field.COUNT_HIGH, count.high());
      values.throwable(to, count.thrown(), false, MAX_NAME);
      return offer(RecordKind.THROW_COUNT, Worth.ORDINARY, scratch);
    } finally {
      pool.release(scratch);
    }
  }

  /**
   * Whether it was committed. Of options and reasoning as much is kept as leaves room for the rest.
   *
   * @param into takes it: this writer's sink, or the place where it waits
   */
  boolean decision(
      long timeEpochNanos, CapturedDecision decision, @Nullable OpenSpan span, RecordSink into) {
    Scratch scratch = pool.acquire();
    try {
      RecordEncoder to = scratch.encoder().begin(RecordKind.DECISION, scratch.record(), 0);
      to.put(Field.TIME, timeEpochNanos).put(Field.DECISION_ID, RisingIds.spanId(timeEpochNanos));
      if (span != null) {
        trace(to, span);
      }
      values.text(to, Field.NAME, "name", decision.name(), MAX_NAME);
      values.text(
          to, Field.CHOSEN, "engram.decision.chosen", decision.chosen(), limits.attribute());
      to.put(Field.CONFIDENCE, decision.confidence())
          .put(Field.CONFIDENCE_SOURCE, decision.confidenceSource(), MAX_NAME);
      texts(to, Field.OPTION, "engram.decision.option", decision.options(), 3);
      values.hash(to, AttributeKey.ENGRAM_DECISION_INPUT_HASH, decision.inputs());
      texts(to, Field.REASONING, "engram.decision.reasoning", decision.reasoning(), 2);
      Attributes attributes = Attributes.of(decision.attributes(), limits.attributes());
      values.attributes(to, attributes, sink.maxRecordLength());
      return offer(RecordKind.DECISION, Worth.RESERVED, scratch, into);
    } finally {
      pool.release(scratch);
    }
  }

  /** As many as fit into that part of a record. */
  private void texts(
      RecordEncoder to, Field field, String name, List<String> texts, int partOfRecord) {
    for (String text : texts) {
      if (to.length() < sink.maxRecordLength() / partOfRecord) {
        values.text(to, field, name, text, limits.message());
      }
    }
  }

  /** The value of a key is redacted by the name under which decisions have it, or none is found. */
  boolean outcome(
      long timeEpochNanos,
      String key,
      String id,
      String label,
      double value,
      @Nullable String author,
      @Nullable String comment) {
    Scratch scratch = pool.acquire();
    try {
      RecordEncoder to = scratch.encoder().begin(RecordKind.OUTCOME, scratch.record(), 0);
      to.put(Field.TIME, timeEpochNanos)
          .put(Field.TARGET, key.isEmpty() ? "decision" : "key", MAX_NAME);
      values.text(to, Field.NAME, "name", key, MAX_NAME);
      String name = key.isEmpty() ? "engram.decision.id" : CapturedDecision.CORRELATION + key;
      values.text(to, Field.TARGET_ID, name, id, MAX_NAME);
      to.put(Field.LABEL, label, MAX_NAME).put(Field.VALUE, value);
      values.text(to, Field.AUTHOR, "engram.outcome.author", author, MAX_NAME);
      values.text(to, Field.COMMENT, "engram.outcome.comment", comment, limits.message());
      return offer(RecordKind.OUTCOME, Worth.RESERVED, scratch);
    } finally {
      pool.release(scratch);
    }
  }

  /** What may be seen of a place is what may be seen of an address. */
  boolean remedyAttempt(long timeEpochNanos, CapturedAttempt attempt, @Nullable OpenSpan span) {
    Scratch scratch = pool.acquire();
    try {
      RecordEncoder to = scratch.encoder().begin(RecordKind.REMEDY_ATTEMPT, scratch.record(), 0);
      to.put(Field.TIME, timeEpochNanos);
      if (span != null) {
        trace(to, span);
      }
      values.text(to, Field.REMEDY_ID, "server.address", attempt.action(), Remedy.LONGEST_ACTION);
      to.put(Field.ARM, attempt.arm(), MAX_NAME)
          .put(Field.FINGERPRINT, attempt.fingerprint())
          .put(Field.TRIES, attempt.tries())
          .put(Field.RESULT, attempt.result(), MAX_NAME)
          .put(Field.ADDED, attempt.addedNanos());
      return offer(RecordKind.REMEDY_ATTEMPT, Worth.RESERVED, scratch);
    } finally {
      pool.release(scratch);
    }
  }

  boolean feedback(
      long timeEpochNanos,
      String target,
      String targetId,
      @Nullable String label,
      double score,
      @Nullable String author,
      @Nullable String comment) {
    Scratch scratch = pool.acquire();
    try {
      RecordEncoder to = scratch.encoder().begin(RecordKind.FEEDBACK, scratch.record(), 0);
      to.put(Field.TIME, timeEpochNanos);
      values.text(to, Field.TARGET, "engram.feedback.target", target, MAX_NAME);
      values.text(to, Field.TARGET_ID, "engram.feedback.target_id", targetId, MAX_NAME);
      values.text(to, Field.LABEL, "engram.feedback.label", label, MAX_NAME);
      to.put(Field.SCORE, score);
      values.text(to, Field.AUTHOR, "engram.feedback.author", author, MAX_NAME);
      values.text(to, Field.COMMENT, "engram.feedback.comment", comment, limits.message());
      return offer(RecordKind.FEEDBACK, Worth.RESERVED, scratch);
    } finally {
      pool.release(scratch);
    }
  }

  private boolean offer(RecordKind kind, Worth worth, Scratch scratch) {
    return offer(kind, worth, scratch, sink);
  }

  private static boolean offer(RecordKind kind, Worth worth, Scratch scratch, RecordSink into) {
    int length = scratch.encoder().end();
    return into.offer(kind, worth, scratch.record(), 0, length);
  }

  private void identity(RecordEncoder to, OpenSpan span) {
    to.put(Field.TIME, span.startEpochNanos());
    trace(to, span);
    to.put(Field.PARENT_SPAN_ID, span.parentSpanId())
        .put(Field.SPAN_KIND, span.kind().code())
        .put(Field.CATEGORY, span.category().code());
    values.name(to, span.name());
  }

  private static void trace(RecordEncoder to, OpenSpan span) {
    to.put(Field.TRACE_ID_HIGH, span.traceIdHigh())
        .put(Field.TRACE_ID_LOW, span.traceIdLow())
        .put(Field.SPAN_ID, span.spanId());
  }
}
