package dev.engram.agent.record;

import static dev.engram.agent.record.RecordEncoder.UNLIMITED;

import java.util.List;
import java.util.Map;
import org.agrona.MutableDirectBuffer;

/** Writes the fields of records that are held as values. Stateless. */
final class RecordFields {
  private RecordFields() {}

  static int write(RecordEncoder to, DecodedRecord record, MutableDirectBuffer target, int offset) {
    if (record instanceof BegunRecord begun) {
      begun(to.begin(RecordKind.BEGUN, target, offset), begun);
    } else if (record instanceof EndedRecord ended) {
      ended(to.begin(RecordKind.ENDED, target, offset), ended);
    } else if (record instanceof SpanRecord span) {
      span(to.begin(RecordKind.SPAN, target, offset), span);
    } else if (record instanceof ExceptionRecord exception) {
      exception(to.begin(RecordKind.EXCEPTION, target, offset), exception);
    } else if (record instanceof PayloadRecord payload) {
      payload(to.begin(RecordKind.PAYLOAD, target, offset), payload);
    } else if (record instanceof LifecycleRecord lifecycle) {
      lifecycle(to.begin(RecordKind.LIFECYCLE, target, offset), lifecycle);
    } else if (record instanceof MeasurementRecord measurement) {
      measurement(to.begin(RecordKind.MEASUREMENT, target, offset), measurement);
    } else if (record instanceof DecisionRecord decision) {
      decision(to.begin(RecordKind.DECISION, target, offset), decision);
    } else if (record instanceof FeedbackRecord feedback) {
      feedback(to.begin(RecordKind.FEEDBACK, target, offset), feedback);
    } else if (record instanceof RemedyAttemptRecord attempt) {
      attempt(to.begin(RecordKind.REMEDY_ATTEMPT, target, offset), attempt);
    } else if (record instanceof ThrowCountRecord count) {
      throwCount(to.begin(RecordKind.THROW_COUNT, target, offset), count);
    } else if (record instanceof OutcomeRecord outcome) {
      outcome(to.begin(RecordKind.OUTCOME, target, offset), outcome);
    } else {
      throw new IllegalArgumentException(record.getClass().getSimpleName() + " has no bytes");
    }
    return to.end();
  }

  private static void begun(RecordEncoder to, BegunRecord begun) {
    to.put(Field.TIME, begun.startEpochNanos());
    trace(to, begun.traceIdHigh(), begun.traceIdLow(), begun.spanId());
    to.put(Field.PARENT_SPAN_ID, begun.parentSpanId())
        .put(Field.SPAN_KIND, begun.kind().code())
        .put(Field.CATEGORY, begun.category().code())
        .put(Field.NAME, begun.name(), UNLIMITED);
    attributes(to, begun.attributes());
  }

  private static void ended(RecordEncoder to, EndedRecord ended) {
    to.put(Field.TIME, ended.endEpochNanos())
        .put(Field.SPAN_ID, ended.spanId())
        .put(Field.DURATION, ended.durationNanos())
        .put(Field.STATUS, ended.status().code());
  }

  private static void span(RecordEncoder to, SpanRecord span) {
    to.put(Field.TIME, span.startEpochNanos());
    trace(to, span.traceIdHigh(), span.traceIdLow(), span.spanId());
    to.put(Field.PARENT_SPAN_ID, span.parentSpanId())
        .put(Field.SPAN_KIND, span.kind().code())
        .put(Field.CATEGORY, span.category().code())
        .put(Field.BEGUN, span.begun())
        .put(Field.NAME, span.name(), UNLIMITED)
        .put(Field.DURATION, span.durationNanos())
        .put(Field.STATUS, span.status().code())
        .put(Field.STATUS_DESCRIPTION, span.statusDescription(), UNLIMITED);
    attributes(to, span.attributes());
    span.payloads().forEach(payload -> payload(to, payload));
    to.put(Field.DROPPED_ATTRIBUTES, span.droppedAttributes());
  }

  private static void payload(RecordEncoder to, Payload payload) {
    int group = to.open(Field.PAYLOAD);
    to.put(Field.PAYLOAD_NAME, payload.name(), UNLIMITED)
        .put(Field.PAYLOAD_CONTENT_TYPE, payload.contentType(), UNLIMITED)
        .put(Field.PAYLOAD_SIZE, payload.size())
        .put(Field.PAYLOAD_TRUNCATED, payload.truncated())
        .put(Field.PAYLOAD_REFERENCE, payload.payloadId())
        .put(Field.PAYLOAD_BYTES, payload.bytes())
        .close(group);
  }

  private static void exception(RecordEncoder to, ExceptionRecord exception) {
    to.put(Field.TIME, exception.timeEpochNanos());
    trace(to, exception.traceIdHigh(), exception.traceIdLow(), exception.spanId());
    to.put(Field.ORIGIN, exception.origin().code())
        .put(Field.THREAD_NAME, exception.threadName(), UNLIMITED)
        .put(Field.SITE, exception.site(), UNLIMITED)
        .throwable(Field.THROWN, exception.thrown(), UNLIMITED);
  }

  private static void payload(RecordEncoder to, PayloadRecord payload) {
    to.put(Field.TIME, payload.timeEpochNanos())
        .put(Field.PAYLOAD_ID, payload.payloadId())
        .put(Field.PART, payload.part())
        .put(Field.PARTS, payload.parts())
        .put(Field.CONTENT_HASH, payload.contentHash())
        .put(Field.CONTENT, payload.bytes());
  }

  private static void lifecycle(RecordEncoder to, LifecycleRecord lifecycle) {
    to.put(Field.TIME, lifecycle.timeEpochNanos()).put(Field.EVENT, lifecycle.event(), UNLIMITED);
    attributes(to, lifecycle.attributes());
  }

  private static void measurement(RecordEncoder to, MeasurementRecord measurement) {
    to.put(Field.TIME, measurement.timeEpochNanos())
        .put(Field.NAME, measurement.name(), UNLIMITED)
        .put(Field.UNIT, measurement.unit(), UNLIMITED)
        .put(Field.VALUE, measurement.value());
    attributes(to, measurement.attributes());
  }

  private static void decision(RecordEncoder to, DecisionRecord decision) {
    to.put(Field.TIME, decision.timeEpochNanos()).put(Field.DECISION_ID, decision.decisionId());
    trace(to, decision.traceIdHigh(), decision.traceIdLow(), decision.spanId());
    to.put(Field.NAME, decision.name(), UNLIMITED);
    texts(to, Field.OPTION, decision.options());
    to.put(Field.CHOSEN, decision.chosen(), UNLIMITED)
        .put(Field.CONFIDENCE, decision.confidence())
        .put(Field.CONFIDENCE_SOURCE, decision.confidenceSource(), UNLIMITED);
    texts(to, Field.REASONING, decision.reasoning());
    attributes(to, decision.attributes());
  }

  private static void feedback(RecordEncoder to, FeedbackRecord feedback) {
    to.put(Field.TIME, feedback.timeEpochNanos())
        .put(Field.TARGET, feedback.target(), UNLIMITED)
        .put(Field.TARGET_ID, feedback.targetId(), UNLIMITED)
        .put(Field.LABEL, feedback.label(), UNLIMITED)
        .put(Field.SCORE, feedback.score())
        .put(Field.AUTHOR, feedback.author(), UNLIMITED)
        .put(Field.COMMENT, feedback.comment(), UNLIMITED);
  }

  private static void attempt(RecordEncoder to, RemedyAttemptRecord attempt) {
    to.put(Field.TIME, attempt.timeEpochNanos());
    trace(to, attempt.traceIdHigh(), attempt.traceIdLow(), attempt.spanId());
    to.put(Field.REMEDY_ID, attempt.remedyId(), UNLIMITED)
        .put(Field.ARM, attempt.arm(), UNLIMITED)
        .put(Field.FINGERPRINT, attempt.fingerprint())
        .put(Field.TRIES, attempt.tries())
        .put(Field.RESULT, attempt.result(), UNLIMITED)
        .put(Field.ADDED, attempt.addedNanos());
  }

  private static void throwCount(RecordEncoder to, ThrowCountRecord count) {
    to.put(Field.TIME, count.timeEpochNanos())
        .put(Field.DURATION, count.durationNanos())
        .put(Field.THROW_SITE, count.site(), UNLIMITED)
        .put(Field.COUNT, count.count())
        .put(Field.COUNT_LOW, count.low())
        .put(Field.COUNT_HIGH, count.high())
        .throwable(Field.THROWN, count.thrown(), UNLIMITED);
  }

  private static void outcome(RecordEncoder to, OutcomeRecord outcome) {
    to.put(Field.TIME, outcome.timeEpochNanos())
        .put(Field.TARGET, outcome.target(), UNLIMITED)
        .put(Field.NAME, outcome.key(), UNLIMITED)
        .put(Field.TARGET_ID, outcome.targetId(), UNLIMITED)
        .put(Field.LABEL, outcome.label(), UNLIMITED)
        .put(Field.VALUE, outcome.value())
        .put(Field.AUTHOR, outcome.author(), UNLIMITED)
        .put(Field.COMMENT, outcome.comment(), UNLIMITED);
  }

  private static void trace(RecordEncoder to, long high, long low, long spanId) {
    to.put(Field.TRACE_ID_HIGH, high).put(Field.TRACE_ID_LOW, low).put(Field.SPAN_ID, spanId);
  }

  private static void texts(RecordEncoder to, Field field, List<String> texts) {
    texts.forEach(text -> to.put(field, text, UNLIMITED));
  }

  private static void attributes(RecordEncoder to, Map<String, Object> attributes) {
    attributes.forEach((name, value) -> attribute(to, AttributeKey.of(name), value));
  }

  private static void attribute(RecordEncoder to, AttributeKey key, Object value) {
    if (value instanceof Long number) {
      to.attribute(key, number);
    } else if (value instanceof Double number) {
      to.attribute(key, number);
    } else if (value instanceof Boolean flag) {
      to.attribute(key, flag);
    } else {
      to.attribute(key, value.toString(), UNLIMITED);
    }
  }
}
