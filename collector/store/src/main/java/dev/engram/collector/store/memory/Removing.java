package dev.engram.collector.store.memory;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.RequestRollup;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrowCountRow;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes out rows that are old. Under the lock of the memory. */
final class Removing {
  /** Rows that go with the age of the many; of spans those that do not last. */
  private static final Set<Class<? extends Row>> ORDINARY =
      Set.of(SpanRow.class, MeasurementRow.class, ThrowCountRow.class);

  /** Rows that go first for want of room. */
  private static final Set<Class<? extends Row>> LASTING =
      Set.of(SpanRow.class, ExceptionRow.class, PayloadRow.class, RemedyAttemptRow.class);

  private record Payload(InstanceId instance, long id) {}

  private final Memory memory;
  private final StoredRows rows;

  Removing(Memory memory) {
    this.memory = memory;
    this.rows = new StoredRows(memory);
  }

  /** What is older. */
  List<Arrived<Row>> older(Cutoff before) {
    Set<String> toldOfLately = toldOfSince(before.lasting());
    List<Arrived<Row>> older =
        memory.rows.stream()
            .filter(it -> time(it.row()) < old(it.row(), before))
            .filter(it -> mayGo(it, toldOfLately))
            .toList();
    return withParts(older);
  }

  /** With the parts of payloads of those that are spans, in order of arrival. */
  List<Arrived<Row>> withParts(List<Arrived<Row>> going) {
    Set<Payload> payloads = new HashSet<>();
    for (Arrived<Row> it : going) {
      if (it.row() instanceof SpanRow span) {
        span.payloads().forEach(each -> payloads.add(new Payload(it.instance(), each.payloadId())));
      }
    }
    Set<Arrived<Row>> all = new LinkedHashSet<>(going);
    for (Arrived<Row> it : memory.rows) {
      if (it.row() instanceof PayloadRow part
          && part.payloadId() != 0
          && payloads.contains(new Payload(it.instance(), part.payloadId()))) {
        all.add(it);
      }
    }
    return List.copyOf(all);
  }

  private static long old(Row row, Cutoff before) {
    return isOrdinary(row) ? before.ordinary() : before.lasting();
  }

  private static boolean isOrdinary(Row row) {
    return ORDINARY.contains(row.getClass())
        && !(row instanceof SpanRow span && Expiry.lasts(span));
  }

  /** The time of the oldest row that does not last. */
  OptionalLong oldestOrdinary() {
    return oldest(Removing::isOrdinary);
  }

  /** The time of the oldest row that does, of those that most are. */
  OptionalLong oldestLasting() {
    return oldest(row -> LASTING.contains(row.getClass()) && !isOrdinary(row));
  }

  private OptionalLong oldest(Predicate<Row> kind) {
    return memory.rows.stream().map(Arrived::row).filter(kind).mapToLong(Removing::time).min();
  }

  /** Takes out rows that are old, and keeps of them what is to be counted on. */
  Removal removeOld(Cutoff before, String reason) {
    List<Arrived<Row>> going = older(before);
    Set<Long> victims = going.stream().map(Arrived::arrival).collect(Collectors.toSet());
    rows.exceptions().filter(it -> victims.contains(it.arrival())).forEach(memory.gone::add);
    rows.endedAlone()
        .filter(it -> victims.contains(it.arrival()))
        .filter(it -> it.row().kind().equals("SERVER"))
        .map(RequestRollup::of)
        .filter(it -> it.hourEpochNanos() > before.lastHour())
        .forEach(this::add);
    Map<String, Long> counts = new TreeMap<>(remove(going));
    counts.put(Kind.REQUEST_ROLLUPS, oldRollups(before).count());
    memory.rollups.values().removeIf(it -> it.hourEpochNanos() <= before.lastHour());
    Removal removal = new Removal(counts, false);
    memory.note(reason, removal.rows());
    return removal;
  }

  /** How many would go, by kind. */
  Map<String, Long> countOlder(Cutoff before) {
    Map<String, Long> counts = new TreeMap<>(counts(older(before)));
    counts.put(Kind.REQUEST_ROLLUPS, oldRollups(before).count());
    return new Removal(counts, false).rows();
  }

  /** Takes these out; how many, by kind. */
  Map<String, Long> remove(Collection<Arrived<Row>> going) {
    memory.rows.removeIf(new HashSet<>(going)::contains);
    return counts(going);
  }

  private void add(RequestRollup rollup) {
    memory.rollups.merge(
        List.of(rollup.hourEpochNanos(), rollup.service(), rollup.name()),
        rollup,
        RequestRollup::plus);
  }

  /** Sums of hours that are old. */
  Stream<RequestRollup> oldRollups(Cutoff before) {
    return memory.rollups.values().stream().filter(it -> it.hourEpochNanos() <= before.lastHour());
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

  static long time(Row row) {
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
    if (row instanceof KnowledgeRow said) {
      return said.timeEpochNanos();
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
