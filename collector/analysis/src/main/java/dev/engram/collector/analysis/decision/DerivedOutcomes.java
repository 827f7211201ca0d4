package dev.engram.collector.analysis.decision;

import static dev.engram.collector.analysis.decision.DecisionOutcome.derived;

import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.EscapedException;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of the decisions of one trace, as its spans show it, where nobody told. Only what
 * surrounds a decision speaks for it, up to the request or the outermost span of its instance: a
 * call below may fail and be tried again.
 *
 * <p>A failure is, in this order: an exception that escaped from the decision's span after it; an
 * error of that span; of the run of a workflow around it, whose last leg counts; of the request; a
 * transaction of the instance that was rolled back last. What has not ended, was interrupted, or
 * was the caller's mistake (a 4xx) tells nothing, nor does what is left when the request has gone
 * with its age. Otherwise it is a success of the same things: the run ended, the transaction was
 * committed, the request was answered, the span returned; but in part only, where its user
 * {@linkplain Retries asked again}.
 */
final class DerivedOutcomes {
  private static final String RUN = "engram.workflow.run.id";
  private static final String WORKFLOW = "gen_ai.workflow.name";

  private record Id(InstanceId instance, long spanId) {}

  private final List<StoredSpan> trace;
  private final List<EscapedException> exceptions;
  private final Retries retries;
  private final Map<Id, SpanRow> spans = new HashMap<>();

  /**
   * Of one trace.
   *
   * @param trace by start
   * @param exceptions that escaped in the trace
   */
  DerivedOutcomes(List<StoredSpan> trace, List<EscapedException> exceptions, Retries retries) {
    this.trace = trace;
    this.exceptions = exceptions;
    this.retries = retries;
    trace.forEach(
        span -> spans.put(new Id(span.row().instance(), span.row().spanId()), span.row()));
  }

  DecisionOutcome of(StoredDecision decision) {
    List<SpanRow> around = around(decision);
    if (around.isEmpty()) {
      return DecisionOutcome.UNKNOWN;
    }
    SpanRow own = around.get(0);
    SpanRow request = around.get(around.size() - 1);
    if (isBelowWhatIsGone(request)) {
      return DecisionOutcome.UNKNOWN;
    }
    SpanRow run = run(around);
    String end = endOfTransaction(decision);
    String failed = failed(decision.row(), own, run, request, end);
    if (failed != null) {
      return derived(OutcomeLabel.FAILURE, failed);
    }
    boolean open = isOpen(own) || isOpen(request) || (run != null && isOpen(run));
    if (open || isCallersMistake(request)) {
      return DecisionOutcome.UNKNOWN;
    }
    return retries.follow(decision, trace)
        ? derived(OutcomeLabel.PARTIAL, "retry")
        : derived(OutcomeLabel.SUCCESS, succeeded(run, request, end));
  }

  private @Nullable String failed(
      DecisionRow decision, SpanRow own, @Nullable SpanRow run, SpanRow request, String end) {
    if (exceptions.stream().anyMatch(thrown -> escaped(thrown, own, decision))) {
      return "exception";
    }
    if (own != request && hasFailed(own)) {
      return "span";
    }
    if (run != null && hasFailed(run)) {
      return "workflow";
    }
    if (hasFailed(request)) {
      return isServed(request) ? "request" : "span";
    }
    return end.equals("ROLLBACK") ? "transaction" : null;
  }

  private static String succeeded(@Nullable SpanRow run, SpanRow request, String end) {
    if (run != null) {
      return "workflow";
    }
    if (end.equals("COMMIT")) {
      return "transaction";
    }
    return isServed(request) ? "request" : "span";
  }

  /** The decision's span and those above it; parents may go round in a circle. */
  private List<SpanRow> around(StoredDecision decision) {
    List<SpanRow> around = new ArrayList<>();
    Set<Id> passed = new HashSet<>();
    Id id = new Id(decision.instance(), decision.row().spanId());
    SpanRow span = spans.get(id);
    while (span != null && passed.add(id)) {
      around.add(span);
      id = new Id(decision.instance(), span.parentSpanId());
      span = isServed(span) ? null : spans.get(id);
    }
    return around;
  }

  /** The last leg of the innermost run, or null when there is none. */
  private @Nullable SpanRow run(List<SpanRow> around) {
    SpanRow innermost =
        around.stream().filter(span -> span.category().equals("workflow")).findFirst().orElse(null);
    SpanRow last = innermost;
    for (StoredSpan span : trace) {
      if (innermost != null && isLegOfSameRun(innermost, span.row())) {
        last = span.row();
      }
    }
    return last;
  }

  private static boolean isLegOfSameRun(SpanRow leg, SpanRow other) {
    Object run = leg.attributes().get(RUN);
    return run != null
        && other.category().equals("workflow")
        && run.equals(other.attributes().get(RUN))
        && Objects.equals(leg.attributes().get(WORKFLOW), other.attributes().get(WORKFLOW));
  }

  /** COMMIT or ROLLBACK, the last at or after the decision in its instance; empty for none. */
  private String endOfTransaction(StoredDecision decision) {
    String end = "";
    for (StoredSpan span : trace) {
      SpanRow row = span.row();
      if (row.instance().equals(decision.instance())
          && row.category().equals("sql")
          && row.startEpochNanos() >= decision.row().timeEpochNanos()
          && !row.isExecution()
          && row.attributes().get("db.operation.name") instanceof String name
          && (name.equals("COMMIT") || name.equals("ROLLBACK"))) {
        end = name;
      }
    }
    return end;
  }

  private static boolean escaped(EscapedException thrown, SpanRow own, DecisionRow decision) {
    return thrown.instance().equals(own.instance())
        && thrown.spanId() == own.spanId()
        && thrown.timeEpochNanos() >= decision.timeEpochNanos();
  }

  private static boolean isServed(SpanRow span) {
    return span.kind().equals("SERVER") || span.kind().equals("CONSUMER");
  }

  private static boolean hasFailed(SpanRow span) {
    return span.status().equals("error") || (isServed(span) && answer(span) >= 500);
  }

  /**
   * Requests go before decisions and what lasts around them. What would still speak then are
   * failures alone.
   */
  private static boolean isBelowWhatIsGone(SpanRow outermost) {
    return outermost.parentSpanId() != 0 && !isServed(outermost);
  }

  private static boolean isOpen(SpanRow span) {
    return span.status().equals("in_progress") || span.status().equals("interrupted");
  }

  private static boolean isCallersMistake(SpanRow request) {
    return isServed(request) && answer(request) >= 400;
  }

  private static long answer(SpanRow request) {
    return request.attributes().get("http.response.status_code") instanceof Long code ? code : 0;
  }
}
