package dev.engram.collector.analysis.decision;

import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which decisions were asked for again: in another request of the same user, or else session, the
 * same decision was made on the same input soon after. A user that nobody knows, or that is hidden,
 * is not the same as another; who reads a page again ({@code GET}, {@code HEAD}) asks for nothing.
 */
final class Retries {
  /** After which it is a new task. */
  static final long SOON_NANOS = TimeUnit.MINUTES.toNanos(10);

  private static final String INPUT = "engram.decision.input.hash";
  private static final String HIDDEN = "[redacted";
  private static final List<String> USERS = List.of("user.id", "session.id");
  private static final Set<String> READING = Set.of("GET", "HEAD");

  /** What is decided again and again, by whomever. */
  private record Task(String service, String name, String input) {}

  private final StoreReader reader;
  private final Map<Task, NavigableMap<Long, List<StoredDecision>>> byTask = new HashMap<>();

  /** Empty for unknown. */
  private final Map<TraceId, String> users = new HashMap<>();

  private Retries(StoreReader reader) {
    this.reader = reader;
  }

  /** Of these decisions. */
  static Retries of(StoreReader reader, Collection<StoredDecision> decisions) {
    Retries retries = new Retries(reader);
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (StoredDecision decision : decisions) {
      if (task(decision) != null) {
        first = Math.min(first, decision.row().timeEpochNanos());
        last = Math.max(last, decision.row().timeEpochNanos());
      }
    }
    if (first <= last) {
      String service = common(decisions, StoredDecision::service);
      String name = common(decisions, it -> it.row().name());
      reader
          .decisions(new DecisionFilter(first, last + SOON_NANOS + 1, service, name, 0, 0))
          .forEach(retries::add);
    }
    return retries;
  }

  /** Null where they differ. */
  private static @Nullable String common(
      Collection<StoredDecision> decisions, Function<StoredDecision, String> of) {
    List<String> values = decisions.stream().map(of).distinct().limit(2).toList();
    return values.size() == 1 ? values.get(0) : null;
  }

  private void add(StoredDecision decision) {
    Task task = task(decision);
    if (task != null) {
      byTask
          .computeIfAbsent(task, absent -> new TreeMap<>())
          .computeIfAbsent(decision.row().timeEpochNanos(), absent -> new ArrayList<>())
          .add(decision);
    }
  }

  /**
   * Whether its user asked again.
   *
   * @param trace of the decision, by start
   */
  boolean follow(StoredDecision decision, List<StoredSpan> trace) {
    Task task = task(decision);
    NavigableMap<Long, List<StoredDecision>> same = task == null ? null : byTask.get(task);
    if (same == null) {
      return false;
    }
    TraceId own = decision.row().traceId();
    String user = user(trace);
    long made = decision.row().timeEpochNanos();
    return !user.isEmpty()
        && same.subMap(made, false, made + SOON_NANOS, true).values().stream()
            .flatMap(List::stream)
            .map(later -> later.row().traceId())
            .anyMatch(other -> !other.equals(own) && user.equals(user(other)));
  }

  /** This trace is read: nobody needs to ask for it, unless it is too large as others are. */
  void know(TraceId traceId, List<StoredSpan> trace) {
    users.put(traceId, trace.size() > JudgedDecisions.LARGEST_TRACE ? "" : user(trace));
  }

  /** Of a trace that is too large to be read nobody knows. */
  private String user(TraceId traceId) {
    return traceId.equals(TraceId.NONE)
        ? ""
        : users.computeIfAbsent(
            traceId,
            id ->
                reader.hasMoreSpans(id, JudgedDecisions.LARGEST_TRACE)
                    ? ""
                    : user(reader.trace(id)));
  }

  /** Whom the first request of a trace was made for. */
  private static String user(List<StoredSpan> trace) {
    for (StoredSpan span : trace) {
      if (span.row().kind().equals("SERVER")) {
        return user(span.row());
      }
    }
    return "";
  }

  private static String user(SpanRow request) {
    Map<String, Object> attributes = request.attributes();
    if (attributes.get("http.request.method") instanceof String method
        && READING.contains(method)) {
      return "";
    }
    for (String name : USERS) {
      if (attributes.get(name) instanceof String id && !id.isEmpty() && !id.contains(HIDDEN)) {
        return name + "=" + id;
      }
    }
    return "";
  }

  private static @Nullable Task task(StoredDecision decision) {
    return decision.row().attributes().get(INPUT) instanceof String input && !input.isEmpty()
        ? new Task(decision.service(), decision.row().name(), input)
        : null;
  }
}
