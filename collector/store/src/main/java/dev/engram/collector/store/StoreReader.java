package dev.engram.collector.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions. Thread-safe; every call sees one consistent state. Lists are empty, never
 * null, when nothing matches. Any call may throw {@link StoreException}.
 */
public interface StoreReader {
  /** Latest start first, then by id as text. */
  List<Instance> instances();

  /**
   * Spans that ended or were interrupted: newest first by start, then by arrival; oldest arrival
   * first when {@link SpanFilter#afterArrival()} is not 0.
   */
  List<StoredSpan> spans(SpanFilter filter);

  /**
   * Hands over what {@link #spans} answers, one span at a time, oldest first by start, then by
   * arrival, without payloads and number of exceptions: for sums over more spans than memory holds.
   *
   * @param visitor runs inside the call and must not ask this reader
   */
  void visit(SpanFilter filter, Consumer<StoredSpan> visitor);

  /**
   * Spans that {@link #visit} would hand over, summed up by service and name or text; in any order.
   * A store that has sums of them reads those, not the spans.
   *
   * @param filter without a limit
   */
  default List<SpanSum> sums(SpanFilter filter, SpanSum.By by) {
    SpanSums sums = new SpanSums(by);
    visit(filter, sums::add);
    return sums.all();
  }

  /**
   * {@link #sums(SpanFilter, SpanSum.By)} by each of them. Where there are no sums, the spans are
   * read once.
   */
  default Map<SpanSum.By, List<SpanSum>> sums(SpanFilter filter) {
    Map<SpanSum.By, SpanSums> sums = new EnumMap<>(SpanSum.By.class);
    for (SpanSum.By by : SpanSum.By.values()) {
      sums.put(by, new SpanSums(by));
    }
    visit(filter, span -> sums.values().forEach(each -> each.add(span)));
    Map<SpanSum.By, List<SpanSum>> all = new EnumMap<>(SpanSum.By.class);
    sums.forEach((by, each) -> all.put(by, each.all()));
    return all;
  }

  /**
   * The span of this id; the newest where several instances used the same id; one in progress when
   * none has ended.
   */
  Optional<StoredSpan> span(long spanId);

  /**
   * All spans of these ids, in-progress ones included, by start, then by arrival; without payloads
   * and number of exceptions.
   */
  List<StoredSpan> spansById(Set<Long> spanIds);

  /**
   * Spans that begun and have not ended, of running instances; newest first. Their duration is -1,
   * their status {@code in_progress}. The filter's status, duration and arrival are not used.
   */
  List<StoredSpan> inProgress(SpanFilter filter);

  /**
   * Ids of spans, in-progress ones included, whose 16 hex digits begin so, in the order of the
   * digits. {@code prefix} is 1 to 16 lower-case hex digits. At most 10.
   */
  List<Long> spanIds(String prefix);

  /**
   * Ids of traces, in-progress ones included, whose 32 hex digits begin so, in the order of the
   * digits. {@code prefix} is 1 to 32 lower-case hex digits. At most 10.
   */
  List<TraceId> traceIds(String prefix);

  /** All spans of a trace, by start, then by arrival; in-progress ones included. */
  List<StoredSpan> trace(TraceId traceId);

  /**
   * {@link #trace} of the first of these, in their order, until so many spans are read; at least of
   * one. Executions of SQL are left out: they are most of a trace, and say nothing of what was
   * decided in it. A store that can asks for all of them together.
   *
   * @param enough spans, not to hold many more of them at once; 1 or more
   */
  default Map<TraceId, List<StoredSpan>> traces(List<TraceId> traceIds, int enough) {
    Map<TraceId, List<StoredSpan>> traces = new LinkedHashMap<>();
    int spans = 0;
    for (TraceId traceId : traceIds) {
      if (spans >= enough) {
        break;
      }
      List<StoredSpan> trace =
          trace(traceId).stream().filter(span -> !span.row().isExecution()).toList();
      traces.put(traceId, trace);
      spans += trace.size();
    }
    return traces;
  }

  /**
   * Whether {@link #trace} has more spans than so many. A store that can tell without reading them
   * does so: whoever asks wants to read no trace that is too large.
   */
  default boolean hasMoreSpans(TraceId traceId, int than) {
    return trace(traceId).size() > than;
  }

  /** Latest first by time, then by arrival. */
  List<StoredException> exceptions(ExceptionFilter filter);

  /**
   * The exceptions that escaped in these traces, in the order of their arrival; a trace without any
   * is left out. A store that can asks for all of them together.
   */
  default Map<TraceId, List<EscapedException>> escaped(Collection<TraceId> traceIds) {
    Map<TraceId, List<EscapedException>> escaped = new HashMap<>();
    for (TraceId traceId : traceIds) {
      List<EscapedException> ofTrace =
          exceptions(new ExceptionFilter(0, 0, null, 0, traceId, 0)).stream()
              .filter(it -> it.row().origin().equals("escaped"))
              .sorted(Comparator.comparingLong(StoredException::arrival))
              .map(StoredException::row)
              .map(it -> new EscapedException(it.instance(), it.spanId(), it.timeEpochNanos()))
              .toList();
      if (!ofTrace.isEmpty()) {
        escaped.put(traceId, ofTrace);
      }
    }
    return escaped;
  }

  /**
   * Hands over the latest exception of each fingerprint that the filter takes (its limit is not
   * used), by time and then by arrival, in the order of the fingerprints as numbers: for more
   * groups than memory holds stacks.
   *
   * @param visitor runs inside the call and must not ask this reader
   */
  void visitLatest(ExceptionFilter filter, Consumer<StoredException> visitor);

  /** Those with a greater {@link StoredException#arrival()} than this, oldest arrival first. */
  List<StoredException> arrivedExceptions(ExceptionFilter filter, long afterArrival);

  /**
   * Groups of the exceptions that the filter takes (its trace is not used), most frequent first,
   * then the one last seen, then by fingerprint.
   *
   * <p>Exceptions that went with their age still count, of each service apart: where the filter
   * takes the time from the first to the last of them, and no other condition is to be met. A group
   * whose latest has gone has no message.
   */
  List<ExceptionGroup> exceptionGroups(ExceptionFilter filter);

  /**
   * Fingerprints whose {@code E-} label begins so: {@code prefix} is lower-case hex of the top
   * bits. At most 10, in the order of their labels.
   */
  List<Long> fingerprints(String prefix);

  /**
   * Executions of SQL (spans of category {@code sql} that have a {@code db.query.text} and a
   * duration of at least 0) summed up by service, system and text; most total time first, then by
   * those three. Percentiles may be known within half a percent; they lie between the shortest
   * execution and the longest.
   */
  List<StatementSummary> statements(StatementFilter filter);

  /**
   * Statements of which at least so many of the executions that the filter takes lie directly below
   * one and the same span; most total time first, then by service, system and text.
   *
   * @param atLeast 1 or more
   */
  List<RepeatedStatement> repeatedStatements(StatementFilter filter, int atLeast);

  /**
   * Calls of other systems that transactions were kept open across, as {@link CallsInTransactions}
   * sums them up; most time first, then by service, request, system, statement, call and address.
   * Of a trace the first {@link CallsInTransactions#SPANS_OF_TRACE} spans are looked at.
   */
  List<CallInTransaction> callsInTransactions(StatementFilter filter);

  /**
   * The bytes of a payload that travelled in parts; empty until all parts are there. The first part
   * to arrive says how many there are; of a part that comes twice the first counts.
   */
  Optional<byte[]> payload(InstanceId instance, long payloadId);

  /**
   * The frames that this hash stands for, as {@link ThrownStack#frames()} shows them; empty when
   * the instance never sent them or they are gone.
   */
  Optional<List<String>> frames(InstanceId instance, long stackHash);

  /** Readings summed up by instance, name, unit and attributes; in {@link MetricSummary#ORDER}. */
  List<MetricSummary> metrics(MetricFilter filter);

  /** Constructed throwables summed up by service, type and site; in {@link ThrowSummary#ORDER}. */
  List<ThrowSummary> throwCounts(ThrowFilter filter);

  /** Latest first by time, then by arrival. */
  List<StoredDecision> decisions(DecisionFilter filter);

  /**
   * Ids of decisions whose 16 hex digits begin so, in the order of the digits. {@code prefix} is 1
   * to 16 lower-case hex digits. At most 10.
   */
  List<Long> decisionIds(String prefix);

  /** Outcomes that were told at this time or later; earliest first by time, then by arrival. */
  List<StoredOutcome> outcomes(long sinceEpochNanos);

  /** Feedback of this time or later; earliest first by time, then by arrival. */
  List<StoredFeedback> feedback(long sinceEpochNanos);

  /**
   * Attempts of remedies of this time or later, latest arrival first.
   *
   * @param each most of one remedy id, fingerprint and arm, 1 or more; the latest arrivals
   * @param limit most to look through for them, the latest arrivals; 1 or more
   */
  List<StoredAttempt> remedyAttempts(long sinceEpochNanos, int each, int limit);

  /** Rows whose text has all that is searched for. */
  SearchHits search(SearchFilter filter);

  /**
   * All that was said of errors, solutions and remedies; earliest first by time, then by arrival.
   */
  List<KnowledgeRow> knowledge();

  /** By position. */
  List<LifecycleRow> lifecycle(InstanceId instance);

  /** The books of every instance, ended ones included, in the order of {@link #instances()}. */
  Map<InstanceId, Accounting> accounting();

  /** What was, or may have been, lost in this period; in {@link Loss#ORDER}. */
  List<Loss> losses(Period period);

  /** How many rows of each kind {@link StoreWriter#removeOlder} would take out in all. */
  Map<String, Long> older(Cutoff before);

  /**
   * What is left of requests that went with their age; in {@link RequestRollup#ORDER}.
   *
   * @param sinceEpochNanos hours that begin then or later; 0 for all
   * @param untilEpochNanos hours that begin earlier; 0 for all
   * @param service of the only service; null for all
   */
  List<RequestRollup> requestRollups(
      long sinceEpochNanos, long untilEpochNanos, @Nullable String service);

  /** All that was ever taken out; in {@link Removed#ORDER}. */
  List<Removed> removed();

  /** Bytes that rows take where they are kept, without room that is free. */
  long bytes();

  /** What takes them: bytes by kind, largest first; names are those of the store's own tables. */
  Map<String, Long> bytesByKind();
}
