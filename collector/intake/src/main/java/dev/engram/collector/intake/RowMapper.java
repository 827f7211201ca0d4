package dev.engram.collector.intake;

import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.DecisionRecord;
import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.EndedRecord;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.FeedbackRecord;
import dev.engram.agent.record.Fingerprint;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.LifecycleRecord;
import dev.engram.agent.record.MeasurementRecord;
import dev.engram.agent.record.OutcomeRecord;
import dev.engram.agent.record.Payload;
import dev.engram.agent.record.PayloadRecord;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import dev.engram.agent.record.ThrowCountRecord;
import dev.engram.agent.record.ThrowableShape;
import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.EndedRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrowCountRow;
import dev.engram.collector.store.TraceId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns one instance's records into rows. */
final class RowMapper {
  private final InstanceId instance;
  private final InAppFrames inApp;
  private final KnownStacks stacks;

  RowMapper(InstanceId instance, InAppFrames inApp, KnownStacks stacks) {
    this.instance = instance;
    this.inApp = inApp;
    this.stacks = stacks;
  }

  /** The row of this record, or null when there is none for it. */
  @Nullable Row map(long position, DecodedRecord record) {
    if (record instanceof SpanRecord span) {
      return span(position, span);
    }
    if (record instanceof BegunRecord begun) {
      return begun(position, begun);
    }
    if (record instanceof ExceptionRecord exception) {
      return exception(position, exception);
    }
    if (record instanceof EndedRecord ended) {
      return new EndedRow(
          position,
          ended.spanId(),
          ended.endEpochNanos(),
          ended.durationNanos(),
          status(ended.status()));
    }
    return rare(position, record);
  }

  private @Nullable Row rare(long position, DecodedRecord record) {
    if (record instanceof PayloadRecord part) {
      return new PayloadRow(
          position,
          part.timeEpochNanos(),
          part.payloadId(),
          part.part(),
          part.parts(),
          part.contentHash(),
          part.bytes());
    }
    if (record instanceof LifecycleRecord it) {
      return new LifecycleRow(position, it.timeEpochNanos(), it.event(), it.attributes());
    }
    if (record instanceof MeasurementRecord it) {
      return new MeasurementRow(
          position, it.timeEpochNanos(), it.name(), it.unit(), it.value(), it.attributes());
    }
    if (record instanceof ThrowCountRecord it) {
      return throwCount(position, it);
    }
    if (record instanceof DecisionRecord decision) {
      return decision(position, decision);
    }
    if (record instanceof FeedbackRecord feedback) {
      return feedback(position, feedback);
    }
    if (record instanceof OutcomeRecord outcome) {
      return outcome(position, outcome);
    }
    return record instanceof RemedyAttemptRecord attempt ? attempt(position, attempt) : null;
  }

  private SpanRow span(long position, SpanRecord it) {
    return new SpanRow(
        instance,
        position,
        new TraceId(it.traceIdHigh(), it.traceIdLow()),
        it.spanId(),
        it.parentSpanId(),
        it.kind().name(),
        it.category().label(),
        it.name(),
        it.startEpochNanos(),
        it.durationNanos(),
        status(it.status()),
        it.statusDescription(),
        it.attributes(),
        it.payloads().stream().map(RowMapper::payload).toList(),
        it.begun());
  }

  private static PayloadReference payload(Payload it) {
    return new PayloadReference(
        it.name(), it.contentType(), it.size(), it.truncated(), it.payloadId(), it.bytes());
  }

  private static BegunRow begun(long position, BegunRecord it) {
    return new BegunRow(
        position,
        new TraceId(it.traceIdHigh(), it.traceIdLow()),
        it.spanId(),
        it.parentSpanId(),
        it.kind().name(),
        it.category().label(),
        it.name(),
        it.startEpochNanos(),
        it.attributes());
  }

  private ExceptionRow exception(long position, ExceptionRecord it) {
    return new ExceptionRow(
        instance,
        position,
        it.timeEpochNanos(),
        new TraceId(it.traceIdHigh(), it.traceIdLow()),
        it.spanId(),
        it.origin().label(),
        it.threadName(),
        it.site(),
        it.thrown().type(),
        it.thrown().message(),
        fingerprint(it.thrown()),
        ThrownStacks.of(it.thrown()));
  }

  private ThrowCountRow throwCount(long position, ThrowCountRecord it) {
    // Exceptions may refer to its stack.
    stacks.resolve(it.thrown());
    return new ThrowCountRow(
        position,
        it.timeEpochNanos(),
        it.durationNanos(),
        it.site(),
        it.count(),
        it.low(),
        it.high(),
        ThrownStacks.of(it.thrown()));
  }

  /** Where the frames are lost, type and message alone make the group. */
  private long fingerprint(ThrowableShape thrown) {
    ThrowableShape whole = stacks.resolve(thrown);
    return Fingerprint.of(whole == null ? thrown : whole, inApp);
  }

  static DecisionRow decision(long position, DecisionRecord it) {
    return new DecisionRow(
        position,
        it.timeEpochNanos(),
        it.decisionId(),
        new TraceId(it.traceIdHigh(), it.traceIdLow()),
        it.spanId(),
        it.name(),
        it.options(),
        it.chosen(),
        it.confidence(),
        it.confidenceSource(),
        it.reasoning(),
        it.attributes());
  }

  static FeedbackRow feedback(long position, FeedbackRecord it) {
    return new FeedbackRow(
        position,
        it.timeEpochNanos(),
        it.target(),
        it.targetId(),
        it.label(),
        it.score(),
        it.author(),
        it.comment());
  }

  /** What a person said; it travels as feedback does. Null where it is not said what. */
  static @Nullable KnowledgeRow knowledge(long position, FeedbackRecord it) {
    String property = it.label();
    String value = it.comment();
    return property == null
        ? null
        : new KnowledgeRow(
            position,
            it.timeEpochNanos(),
            it.target(),
            it.targetId(),
            property,
            value == null ? "" : value,
            it.author());
  }

  static OutcomeRow outcome(long position, OutcomeRecord it) {
    return new OutcomeRow(
        position,
        it.timeEpochNanos(),
        it.target(),
        it.key(),
        it.targetId(),
        it.label(),
        it.value(),
        it.author(),
        it.comment());
  }

  private static RemedyAttemptRow attempt(long position, RemedyAttemptRecord it) {
    return new RemedyAttemptRow(
        position,
        it.timeEpochNanos(),
        new TraceId(it.traceIdHigh(), it.traceIdLow()),
        it.spanId(),
        it.remedyId(),
        it.arm(),
        it.fingerprint(),
        it.tries(),
        it.result(),
        it.addedNanos());
  }

  private static String status(SpanStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
