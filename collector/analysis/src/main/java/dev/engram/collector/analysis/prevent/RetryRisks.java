package dev.engram.collector.analysis.prevent;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.analysis.Severity;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sees retries make an outage worse: while most calls of a peer fail, callers repeat them and so
 * multiply its load, which keeps it down (Bronson et al., Metastable failures in distributed
 * systems, HotOS 2021). A retry is a call of the same URL below the same span after one of them has
 * failed; of methods that send something, which may be something else each time, only where the
 * client says that it sends it again.
 */
final class RetryRisks {
  /** Calls a minute from which a minute can be an outage; half of them must fail. */
  static final int LEAST_CALLS = 10;

  /** Calls, without the retries, that all outages together must have. */
  static final int LEAST_OPERATIONS = 50;

  /** Calls for each that was meant, at least. */
  static final double LEAST_AMPLIFICATION = 1.5;

  private static final int MOST_OPEN = 10_000;
  private static final int MOST_PEERS = 1_000;
  private static final Set<Long> PASSING = Set.of(408L, 429L);
  private static final Set<String> SENDING = Set.of("POST", "PATCH");

  private record Operation(long parent, String name, String url) {}

  private record Attempt(long endEpochNanos, boolean failed) {}

  private record Target(String service, String address) {}

  private static final class Calls {
    private long all;
    private long failed;
    private long retries;

    void add(boolean hasFailed, boolean isRetry) {
      all++;
      failed += hasFailed ? 1 : 0;
      retries += isRetry ? 1 : 0;
    }

    void add(Calls other) {
      all += other.all;
      failed += other.failed;
      retries += other.retries;
    }
  }

  /** The calls of a peer: those of the minute that goes on, and those of minutes of an outage. */
  private static final class Peer {
    private final Calls outage = new Calls();
    private Calls current = new Calls();
    private long minute;
    private long outageMinutes;

    /** Calls come in the order of their starts. */
    Calls at(long startEpochNanos) {
      long now = startEpochNanos / TimeUnit.MINUTES.toNanos(1);
      if (now != minute) {
        endMinute();
        minute = now;
      }
      return current;
    }

    /** Whether nothing of it need be kept. */
    boolean isCalm(long startEpochNanos) {
      at(startEpochNanos);
      return outage.all == 0 && current.all == 0;
    }

    void endMinute() {
      if (current.all >= LEAST_CALLS && current.failed * 2 >= current.all) {
        outage.add(current);
        outageMinutes++;
      }
      current = new Calls();
    }
  }

  private final Map<Target, Peer> peers = new HashMap<>();
  private final Map<Operation, Attempt> open =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Operation, Attempt> eldest) {
          return size() > MOST_OPEN;
        }
      };

  private RetryRisks() {}

  static Stream<Risk> find(StoreReader reader, MetricFilter filter, long since, long until) {
    RetryRisks risks = new RetryRisks();
    SpanFilter calls =
        new SpanFilter(
            since, until, filter.service(), "CLIENT", "http", null, 0, 0, 0, filter.where());
    reader.visit(calls, risks::add);
    return risks.peers.entrySet().stream().flatMap(it -> risk(it.getKey(), it.getValue()));
  }

  private void add(StoredSpan span) {
    SpanRow row = span.row();
    Target target = new Target(span.service(), address(row));
    if (row.parentSpanId() == 0 || row.durationNanos() < 0) {
      return;
    }
    if (peers.size() >= MOST_PEERS && !peers.containsKey(target)) {
      peers.values().removeIf(peer -> peer.isCalm(row.startEpochNanos()));
    }
    Attempt attempt = new Attempt(row.startEpochNanos() + row.durationNanos(), hasFailed(row));
    String url = attribute(row, "url.full");
    Attempt before =
        url.isEmpty()
            ? null
            : open.put(new Operation(row.parentSpanId(), row.name(), url), attempt);
    boolean isRetry =
        before != null
            && before.failed
            && before.endEpochNanos <= row.startEpochNanos()
            && isTheSame(row);
    peers
        .computeIfAbsent(target, key -> new Peer())
        .at(row.startEpochNanos())
        .add(attempt.failed, isRetry);
  }

  private static Stream<Risk> risk(Target target, Peer peer) {
    peer.endMinute();
    Calls outage = peer.outage;
    Proportion retries = new Proportion(outage.retries, outage.all);
    double least = 1 / (1 - retries.low());
    if (outage.all - outage.retries < LEAST_OPERATIONS || least < LEAST_AMPLIFICATION) {
      return Stream.empty();
    }
    Map<String, Double> evidence = new HashMap<>();
    evidence.put("calls", (double) outage.all);
    evidence.put("failed", (double) outage.failed);
    evidence.put("retries", (double) outage.retries);
    evidence.put("amplification", 1 / (1 - retries.rate()));
    evidence.put("amplification_low", least);
    evidence.put("amplification_high", 1 / (1 - retries.high()));
    evidence.put("outage_minutes", (double) peer.outageMinutes);
    return Stream.of(
        new Risk(
            Kind.RETRY_AMPLIFICATION,
            Severity.WARNING,
            target.service,
            null,
            target.address,
            null,
            evidence,
            "retry at one layer only, with backoff and jitter, under a budget of a tenth of all"
                + " calls, and stop while the peer is down (circuit breaker)"));
  }

  private static boolean isTheSame(SpanRow row) {
    return !SENDING.contains(attribute(row, "http.request.method"))
        || row.attributes().get("http.request.resend_count") instanceof Long resends && resends > 0;
  }

  /** What may pass when it is tried again; a caller's mistake does not. */
  private static boolean hasFailed(SpanRow row) {
    if (!row.status().equals("error")) {
      return false;
    }
    return !(row.attributes().get("http.response.status_code") instanceof Long status)
        || status >= 500
        || PASSING.contains(status);
  }

  private static String address(SpanRow row) {
    String port = attribute(row, "server.port");
    return attribute(row, "server.address") + (port.isEmpty() ? "" : ":" + port);
  }

  private static String attribute(SpanRow row, String name) {
    Object value = row.attributes().get(name);
    return value == null ? "" : value.toString();
  }
}
