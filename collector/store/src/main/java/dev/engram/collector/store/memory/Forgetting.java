package dev.engram.collector.store.memory;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what concerns somebody or something. For one question, under the lock of the memory. */
final class Forgetting {
  /** A span that is in no trace. */
  private record Loose(InstanceId instance, long spanId) {}

  private record Payload(InstanceId instance, long id) {}

  private final Memory memory;
  private final Subject subject;
  private final Set<TraceId> traces = new HashSet<>();
  private final Set<Loose> loose = new HashSet<>();
  private final Set<Payload> payloads = new HashSet<>();
  private final Set<List<String>> targets = new HashSet<>();

  Forgetting(Memory memory, Subject subject) {
    this.memory = memory;
    this.subject = subject;
    if (subject instanceof Subject.Trace trace && !trace.id().equals(TraceId.NONE)) {
      traces.add(trace.id());
    }
    eachSpan(
        (instance, trace, spanId, attributes) -> {
          if (subject.has(attributes)) {
            if (trace.equals(TraceId.NONE)) {
              loose.add(new Loose(instance, spanId));
            } else {
              traces.add(trace);
            }
          }
        });
    traces.forEach(trace -> targets.add(List.of("trace", trace.hex())));
  }

  private interface SpanTaker {
    void take(InstanceId instance, TraceId trace, long spanId, Map<String, Object> attributes);
  }

  /** The rows to be forgotten. */
  List<Arrived<Row>> victims() {
    List<Arrived<Row>> victims = new ArrayList<>();
    for (Arrived<Row> it : memory.rows) {
      if (isPart(it)) {
        victims.add(it);
        noteWhatHangsOn(it);
      }
    }
    for (Arrived<Row> it : memory.rows) {
      if (hangsOnOne(it)) {
        victims.add(it);
      }
    }
    return victims;
  }

  /**
   * Takes names out of what stays, and what they said beside; attributes of spans that have not
   * ended too.
   *
   * @return how many rows had a name
   */
  long scrub() {
    for (Memory.Remembered instance : memory.instances.values()) {
      instance.pending.replaceAll((spanId, begun) -> scrubbed(begun));
    }
    long names = named(memory.rows);
    memory.rows.replaceAll(Forgetting.this::scrubbedName);
    return names;
  }

  /** How many of these say somebody's name who is to be forgotten. */
  long named(List<Arrived<Row>> rows) {
    return rows.stream().filter(it -> subject.isNamed(author(it.row()))).count();
  }

  private void eachSpan(SpanTaker taker) {
    for (Arrived<Row> it : memory.rows) {
      if (it.row() instanceof SpanRow span) {
        taker.take(it.instance(), span.traceId(), span.spanId(), span.attributes());
      }
    }
    for (Map.Entry<InstanceId, Memory.Remembered> known : memory.instances.entrySet()) {
      for (Arrived<BegunRow> begun : known.getValue().pending.values()) {
        BegunRow row = begun.row();
        taker.take(known.getKey(), row.traceId(), row.spanId(), row.attributes());
      }
    }
  }

  private boolean isPart(Arrived<Row> it) {
    if (it.row() instanceof SpanRow span) {
      return isPart(it.instance(), span.traceId(), span.spanId());
    }
    if (it.row() instanceof ExceptionRow row) {
      return isPart(it.instance(), row.traceId(), row.spanId());
    }
    if (it.row() instanceof DecisionRow row) {
      return isPart(it.instance(), row.traceId(), row.spanId());
    }
    return it.row() instanceof RemedyAttemptRow row
        && isPart(it.instance(), row.traceId(), row.spanId());
  }

  private boolean isPart(InstanceId instance, TraceId trace, long spanId) {
    return trace.equals(TraceId.NONE)
        ? loose.contains(new Loose(instance, spanId))
        : traces.contains(trace);
  }

  private void noteWhatHangsOn(Arrived<Row> it) {
    if (it.row() instanceof SpanRow span) {
      targets.add(List.of("span", hex(span.spanId())));
      for (PayloadReference payload : span.payloads()) {
        payloads.add(new Payload(it.instance(), payload.payloadId()));
      }
    } else if (it.row() instanceof DecisionRow decision) {
      targets.add(List.of("decision", hex(decision.decisionId())));
    }
  }

  private boolean hangsOnOne(Arrived<Row> it) {
    if (it.row() instanceof PayloadRow part) {
      return part.payloadId() != 0
          && payloads.contains(new Payload(it.instance(), part.payloadId()));
    }
    if (it.row() instanceof OutcomeRow told) {
      return isTarget(told.target(), told.targetId());
    }
    if (it.row() instanceof FeedbackRow told) {
      return isTarget(told.target(), told.targetId());
    }
    return it.row() instanceof KnowledgeRow said && subject.isNamed(said.value());
  }

  private boolean isTarget(String target, String targetId) {
    return targets.contains(List.of(target, targetId)) || subject.isTarget(target, targetId);
  }

  private Arrived<BegunRow> scrubbed(Arrived<BegunRow> begun) {
    BegunRow row = begun.row();
    return isPart(begun.instance(), row.traceId(), row.spanId()) ? bare(begun) : begun;
  }

  /** Without its attributes. */
  static Arrived<BegunRow> bare(Arrived<BegunRow> begun) {
    BegunRow row = begun.row();
    BegunRow bare =
        new BegunRow(
            row.position(),
            row.traceId(),
            row.spanId(),
            row.parentSpanId(),
            row.kind(),
            row.category(),
            row.name(),
            row.startEpochNanos(),
            Map.of());
    return new Arrived<>(begun.instance(), begun.arrival(), bare);
  }

  private static @Nullable String author(Row row) {
    if (row instanceof OutcomeRow told) {
      return told.author();
    }
    if (row instanceof FeedbackRow told) {
      return told.author();
    }
    return row instanceof KnowledgeRow said ? said.author() : null;
  }

  private Arrived<Row> scrubbedName(Arrived<Row> it) {
    return subject.isNamed(author(it.row()))
        ? new Arrived<>(it.instance(), it.arrival(), nameless(it.row()))
        : it;
  }

  private static Row nameless(Row row) {
    if (row instanceof OutcomeRow it) {
      return new OutcomeRow(
          it.position(),
          it.timeEpochNanos(),
          it.target(),
          it.key(),
          it.targetId(),
          it.label(),
          it.value(),
          null,
          null);
    }
    if (row instanceof FeedbackRow it) {
      return new FeedbackRow(
          it.position(),
          it.timeEpochNanos(),
          it.target(),
          it.targetId(),
          it.label(),
          it.score(),
          null,
          null);
    }
    return row instanceof KnowledgeRow it
        ? new KnowledgeRow(
            it.position(),
            it.timeEpochNanos(),
            it.subject(),
            it.subjectId(),
            it.property(),
            it.value(),
            null)
        : row;
  }

  private static String hex(long id) {
    return String.format("%016x", id);
  }
}
