package dev.engram.collector.store.memory;

import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrowCountRow;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Takes out rows that are old. Under the lock of the memory. */
final class Removing {
  private static final List<Class<? extends Row>> BULK =
      List.of(
          SpanRow.class,
          ExceptionRow.class,
          PayloadRow.class,
          MeasurementRow.class,
          ThrowCountRow.class,
          RemedyAttemptRow.class);

  private final Memory memory;
  private final StoredRows rows;

  Removing(Memory memory) {
    this.memory = memory;
    this.rows = new StoredRows(memory);
  }

  /** What is older. */
  List<Arrived<Row>> older(long before) {
    Set<String> toldOfLately = toldOfSince(before);
    return memory.rows.stream()
        .filter(it -> time(it.row()) < before)
        .filter(it -> mayGo(it, toldOfLately))
        .toList();
  }

  /** The time of the oldest of those rows that most are. */
  OptionalLong oldest() {
    return memory.rows.stream()
        .map(Arrived::row)
        .filter(row -> BULK.contains(row.getClass()))
        .mapToLong(Removing::time)
        .min();
  }

  Removal remove(Collection<Arrived<Row>> going, String reason) {
    Set<Arrived<Row>> victims = new HashSet<>(going);
    if (!reason.equals(Removed.FORGOTTEN)) {
      rows.exceptions()
          .filter(it -> victims.stream().anyMatch(victim -> victim.arrival() == it.arrival()))
          .forEach(memory.gone::add);
    }
    memory.rows.removeIf(victims::contains);
    Map<String, Long> counts = counts(victims);
    memory.note(reason, counts);
    return new Removal(counts, false);
  }

  static Map<String, Long> counts(Collection<Arrived<Row>> rows) {
    Map<String, Long> counts = new TreeMap<>();
    rows.forEach(it -> counts.merge(kind(it.row()), 1L, Long::sum));
    return counts;
  }

  private Set<String> toldOfSince(long since) {
    Set<String> ids = new HashSet<>();
    for (Arrived<Row> it : memory.rows) {
      if (it.row() instanceof OutcomeRow told
          && told.timeEpochNanos() >= since
          && told.target().equals(Expiry.DECISION)) {
        ids.add(told.targetId());
      } else if (it.row() instanceof FeedbackRow told
          && told.timeEpochNanos() >= since
          && told.target().equals(Expiry.DECISION)) {
        ids.add(told.targetId());
      }
    }
    return ids;
  }

  private boolean mayGo(Arrived<Row> it, Set<String> toldOfLately) {
    Row row = it.row();
    if (row instanceof LifecycleRow) {
      return !memory.known(it.instance()).isRunning();
    }
    if (row instanceof DecisionRow decision) {
      return !toldOfLately.contains(String.format("%016x", decision.decisionId()));
    }
    if (row instanceof FeedbackRow feedback) {
      return Expiry.PASSING.contains(feedback.target());
    }
    return !(row instanceof KnowledgeRow);
  }

  private static long time(Row row) {
    if (row instanceof SpanRow span) {
      return span.startEpochNanos();
    }
    if (row instanceof ExceptionRow exception) {
      return exception.timeEpochNanos();
    }
    if (row instanceof PayloadRow part) {
      return part.timeEpochNanos();
    }
    if (row instanceof MeasurementRow reading) {
      return reading.timeEpochNanos();
    }
    if (row instanceof ThrowCountRow count) {
      return count.timeEpochNanos();
    }
    if (row instanceof RemedyAttemptRow attempt) {
      return attempt.timeEpochNanos();
    }
    if (row instanceof LifecycleRow event) {
      return event.timeEpochNanos();
    }
    return timeOfTold(row);
  }

  private static long timeOfTold(Row row) {
    if (row instanceof DecisionRow decision) {
      return decision.timeEpochNanos();
    }
    if (row instanceof OutcomeRow outcome) {
      return outcome.timeEpochNanos();
    }
    if (row instanceof FeedbackRow feedback) {
      return feedback.timeEpochNanos();
    }
    return Long.MAX_VALUE;
  }

  private static String kind(Row row) {
    if (row instanceof SpanRow) {
      return Kind.SPANS;
    }
    if (row instanceof ExceptionRow) {
      return Kind.EXCEPTIONS;
    }
    if (row instanceof PayloadRow) {
      return Kind.PAYLOAD_PARTS;
    }
    if (row instanceof MeasurementRow) {
      return Kind.MEASUREMENTS;
    }
    if (row instanceof ThrowCountRow) {
      return Kind.THROW_COUNTS;
    }
    if (row instanceof RemedyAttemptRow) {
      return Kind.REMEDY_ATTEMPTS;
    }
    if (row instanceof LifecycleRow) {
      return Kind.LIFECYCLE;
    }
    return kindOfTold(row);
  }

  private static String kindOfTold(Row row) {
    if (row instanceof DecisionRow) {
      return Kind.DECISIONS;
    }
    if (row instanceof OutcomeRow) {
      return Kind.OUTCOMES;
    }
    return row instanceof FeedbackRow ? Kind.FEEDBACK : Kind.KNOWLEDGE;
  }
}
