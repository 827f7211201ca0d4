package dev.engram.collector.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers questions. Thread-safe; every call sees one consistent state. Lists are empty, never
 * null, when nothing matches.
 */
public interface StoreReader {
  List<Instance> instances();

  /**
   * Newest first by start, then by arrival; oldest arrival first when {@link
   * SpanFilter#afterArrival()} is set.
   */
  List<StoredSpan> spans(SpanFilter filter);

  /** The span of this id; the newest where several instances used the same id. */
  Optional<StoredSpan> span(long spanId);

  /**
   * Spans that begun and have not ended, of running instances; newest first. Their duration is -1,
   * their status {@code in_progress}.
   */
  List<StoredSpan> inProgress(SpanFilter filter);

  /**
   * Ids of spans, in-progress ones included, whose 16 hex digits begin so. {@code prefix} is 1 to
   * 16 lower-case hex digits. At most 10.
   */
  List<Long> spanIds(String prefix);

  /**
   * Ids of traces whose 32 hex digits begin so. {@code prefix} is 1 to 32 lower-case hex digits. At
   * most 10.
   */
  List<TraceId> traceIds(String prefix);

  /** All spans of a trace, by start; in-progress ones included. */
  List<StoredSpan> trace(TraceId traceId);

  List<StoredException> exceptions(ExceptionFilter filter);

  /**
   * Groups with at least one exception that the filter takes (fingerprint and trace are not used),
   * most frequent first.
   */
  List<ExceptionGroup> exceptionGroups(ExceptionFilter filter);

  /**
   * Fingerprints whose {@code E-} label begins so: {@code prefix} is lower-case hex of the top
   * bits. At most 10.
   */
  List<Long> fingerprints(String prefix);

  List<StatementSummary> statements(StatementFilter filter);

  /** The bytes of a payload that travelled in parts; empty until all parts are there. */
  Optional<byte[]> payload(InstanceId instance, long payloadId);

  /**
   * The frames that this hash stands for, as {@link ThrownStack#frames()} shows them; empty when
   * the instance never sent them or they are gone.
   */
  Optional<List<String>> frames(InstanceId instance, long stackHash);

  List<LifecycleRow> lifecycle(InstanceId instance);

  /** The books of every instance, ended ones included. */
  Map<InstanceId, Accounting> accounting();
}
