package dev.engram.collector.store.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.StoredSpan;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Sums many rows up into one answer. Pure. */
final class Summaries {
  private static final Comparator<ExceptionGroup> MOST_FREQUENT_FIRST =
      comparingLong(ExceptionGroup::count)
          .thenComparingLong(ExceptionGroup::lastSeenEpochNanos)
          .reversed()
          .thenComparingLong(ExceptionGroup::fingerprint);

  private static final String ROWS = "db.response.returned_rows";
  private static final Long NO_ROWS = 0L;

  private Summaries() {}

  /** One of each fingerprint. */
  static Stream<ExceptionGroup> groups(Stream<GroupShare> shares) {
    return shares.collect(groupingBy(GroupShare::fingerprint)).values().stream()
        .map(Summaries::group)
        .sorted(MOST_FREQUENT_FIRST);
  }

  /** One of each statement. */
  static Stream<StatementSummary> statements(Stream<StoredSpan> executions) {
    return executions.collect(groupingBy(Summaries::statementKey)).values().stream()
        .map(Summaries::statement)
        .sorted(StatementSummary.MOST_TIME_FIRST);
  }

  /** The group that these of one fingerprint, at least one, make. */
  private static ExceptionGroup group(List<GroupShare> shares) {
    GroupShare sum = shares.stream().reduce(GroupShare::plus).orElseThrow();
    return new ExceptionGroup(
        sum.fingerprint(),
        sum.type(),
        sum.message(),
        sum.count(),
        sum.first(),
        sum.last(),
        shares.stream().map(GroupShare::service).distinct().sorted().toList());
  }

  /** What executions of one statement share: service, system and text. */
  static List<String> statementKey(StoredSpan span) {
    Map<String, Object> attributes = span.row().attributes();
    return List.of(
        span.service(),
        attributes.get("db.system.name") instanceof String system ? system : "",
        (String) attributes.getOrDefault("db.query.text", ""));
  }

  /** Sums up the executions, at least one, of one statement. */
  private static StatementSummary statement(List<StoredSpan> executions) {
    List<StoredSpan> sorted =
        executions.stream()
            .sorted(
                comparing((StoredSpan span) -> span.row().durationNanos())
                    .thenComparing(StoredSpan::arrival))
            .toList();
    StoredSpan slowest = sorted.get(sorted.size() - 1);
    List<String> key = statementKey(slowest);
    return new StatementSummary(
        key.get(0),
        key.get(1),
        key.get(2),
        sorted.size(),
        sorted.stream().filter(span -> span.row().status().equals("error")).count(),
        total(sorted),
        slowest.row().durationNanos(),
        percentile(sorted, 50),
        percentile(sorted, 95),
        sorted.stream().filter(span -> span.row().attributes().get(ROWS) instanceof Long).count(),
        sorted.stream().filter(span -> NO_ROWS.equals(span.row().attributes().get(ROWS))).count(),
        slowest.row().traceId(),
        slowest.row().spanId());
  }

  /** The content, when all parts are among these, which are in order of arrival. */
  static Optional<byte[]> assemble(List<PayloadRow> parts) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    int count = parts.get(0).parts();
    Map<Integer, byte[]> byNumber = new TreeMap<>();
    for (PayloadRow part : parts) {
      if (part.part() >= 0 && part.part() < count) {
        byNumber.putIfAbsent(part.part(), part.bytes());
      }
    }
    if (count <= 0 || byNumber.size() < count) {
      return Optional.empty();
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byNumber.values().forEach(whole::writeBytes);
    return Optional.of(whole.toByteArray());
  }

  static long total(List<StoredSpan> executions) {
    long total = 0;
    for (StoredSpan execution : executions) {
      total += execution.row().durationNanos();
      if (total < 0) {
        return Long.MAX_VALUE;
      }
    }
    return total;
  }

  private static long percentile(List<StoredSpan> sorted, int percent) {
    int rank = (int) (((long) sorted.size() * percent + 99) / 100);
    return sorted.get(rank - 1).row().durationNanos();
  }
}
