package dev.engram.collector.analysis.gate;

import static java.util.Comparator.comparing;

import dev.engram.collector.analysis.gate.RunProfile.Secret;
import dev.engram.collector.analysis.gate.RunProfile.SeenTiming;
import dev.engram.collector.analysis.gate.RunProfile.Timed;
import dev.engram.collector.store.Durations;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.SpanSum;
import dev.engram.collector.store.StoredSpan;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the spans of a run say. Not thread-safe. */
final class SpanProfile {
  /** What agents write in the place of a secret. */
  private static final String HIDDEN = "[redacted]";

  /** Where a secret is in clear for proxies, logs and histories on its way. */
  private static final List<String> CLEAR =
      List.of("url.query", "url.path", "url.full", "db.query.text");

  private static final Comparator<SeenTiming> ORDER =
      comparing(SeenTiming::timed)
          .thenComparing(SeenTiming::service)
          .thenComparing(SeenTiming::name);

  private record Key(Timed timed, String service, String name) {}

  private final Map<Key, Durations> durations = new HashMap<>();
  private final Set<Secret> secrets =
      new TreeSet<>(comparing(Secret::service).thenComparing(Secret::place));
  private long requests;

  void add(StoredSpan span) {
    SpanRow row = span.row();
    if (row.kind().equals("SERVER")) {
      requests++;
      time(Timed.ROUTE, span, row.name());
    }
    if (row.attributes().get("db.query.text") instanceof String statement) {
      time(Timed.STATEMENT, span, statement);
    }
    for (String name : CLEAR) {
      if (row.attributes().get(name) instanceof String text && text.contains(HIDDEN)) {
        secrets.add(new Secret(span.service(), name + " of " + row.name()));
      }
    }
  }

  /** Requests or statements of which nothing but numbers is known. */
  void add(SpanSum.By by, SpanSum sum) {
    boolean areRequests = by == SpanSum.By.REQUEST;
    requests += areRequests ? sum.count() : 0;
    if (sum.durations().size() > 0) {
      Timed timed = areRequests ? Timed.ROUTE : Timed.STATEMENT;
      durations(timed, sum.service(), sum.name()).add(sum.durations());
    }
  }

  /** A message that an error brought along. */
  void addMessage(String service, String label, String message) {
    if (message.contains(HIDDEN)) {
      secrets.add(new Secret(service, "message of " + label));
    }
  }

  long requests() {
    return requests;
  }

  List<SeenTiming> timings() {
    return durations.entrySet().stream()
        .map(
            entry ->
                new SeenTiming(
                    entry.getKey().timed(),
                    entry.getKey().service(),
                    entry.getKey().name(),
                    Timing.of(entry.getValue())))
        .sorted(ORDER)
        .toList();
  }

  List<Secret> secrets() {
    return List.copyOf(secrets);
  }

  /** What was interrupted took no time that could be compared. */
  private void time(Timed timed, StoredSpan span, String name) {
    if (span.row().durationNanos() >= 0) {
      durations(timed, span.service(), name).add(span.row().durationNanos());
    }
  }

  private Durations durations(Timed timed, String service, String name) {
    return durations.computeIfAbsent(new Key(timed, service, name), key -> new Durations());
  }
}
