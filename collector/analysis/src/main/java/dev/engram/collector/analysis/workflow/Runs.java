package dev.engram.collector.analysis.workflow;

import dev.engram.collector.analysis.Ancestors;
import dev.engram.collector.analysis.ai.AiCall;
import dev.engram.collector.analysis.ai.Prices;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts runs together from their spans. A call of a model counts for the nearest node above it, or
 * for the run that it lies in directly. Payloads are never read.
 */
public final class Runs {
  /** Legs of a run may begin this much before the time asked for, so that none is cut in two. */
  private static final long EARLIER_NANOS = TimeUnit.DAYS.toNanos(1);

  private static final String WORKFLOW = "workflow";
  private static final String NODE = "node";

  private final StoreReader reader;
  private final Prices prices;
  private final Ancestors ancestors;
  private final Map<RunKey, RunDraft> drafts = new LinkedHashMap<>();

  /** Of those with a leg: a node may have run in another service than its run. */
  private final Map<RunKey, RunDraft> inAnyService = new HashMap<>();

  /** Of each leg and node the run that it is of. */
  private final Map<Ancestors.Key, RunDraft> runs = new HashMap<>();

  /** Which run: two services, and two workflows, may use the same id. */
  private record RunKey(String service, String workflow, String id) {
    RunKey ofAnyService() {
      return new RunKey("", workflow, id);
    }
  }

  private Runs(StoreReader reader, Prices prices) {
    this.reader = reader;
    this.prices = prices;
    this.ancestors = new Ancestors(reader);
  }

  /**
   * The runs whose first leg began in a time, newest first; those that go on are among them.
   *
   * @param sinceEpochNanos inclusive; 0 for no begin
   * @param untilEpochNanos exclusive; 0 for no end. What belongs to them later is read as well
   * @param service null for any
   */
  public static List<Run> find(
      StoreReader reader,
      long sinceEpochNanos,
      long untilEpochNanos,
      @Nullable String service,
      Prices prices) {
    long from = sinceEpochNanos == 0 ? 0 : Math.max(1, sinceEpochNanos - EARLIER_NANOS);
    return new Runs(reader, prices)
        .read(from, service)
        .filter(run -> run.startEpochNanos() >= sinceEpochNanos)
        .filter(run -> untilEpochNanos == 0 || run.startEpochNanos() < untilEpochNanos)
        .sorted(Comparator.comparingLong(Run::startEpochNanos).reversed().thenComparing(Run::id))
        .toList();
  }

  private Stream<Run> read(long since, @Nullable String service) {
    each(WORKFLOW, since, service, this::addLeg);
    each(NODE, since, service, this::addNode);
    SpanFilter calls = AiCall.filter(since, 0, service, null, 0);
    if (!runs.isEmpty()) {
      ancestors.load(parents(calls));
      nest();
      reader.visit(calls, this::addCall);
    }
    return drafts.values().stream().map(RunDraft::run);
  }

  private void each(
      String category, long since, @Nullable String service, Consumer<StoredSpan> visitor) {
    SpanFilter filter = new SpanFilter(since, 0, service, null, category, null, 0, 0, 0);
    reader.visit(filter, visitor);
    reader.inProgress(filter).forEach(visitor);
  }

  private void addLeg(StoredSpan span) {
    RunKey key = key(span);
    if (key != null) {
      RunDraft draft = draft(key);
      inAnyService.putIfAbsent(key.ofAnyService(), draft);
      draft.addLeg(span);
      note(span.row(), draft);
    }
  }

  private void addNode(StoredSpan span) {
    RunKey key = key(span);
    if (key != null) {
      RunDraft elsewhere = drafts.containsKey(key) ? null : inAnyService.get(key.ofAnyService());
      RunDraft draft = elsewhere == null ? draft(key) : elsewhere;
      draft.addNode(span);
      note(span.row(), draft);
    }
  }

  private RunDraft draft(RunKey key) {
    return drafts.computeIfAbsent(key, run -> new RunDraft(run.id()));
  }

  private static @Nullable RunKey key(StoredSpan span) {
    Map<String, Object> attributes = span.row().attributes();
    String id = NodeVisit.text(attributes, "engram.workflow.run.id");
    String workflow = NodeVisit.text(attributes, "gen_ai.workflow.name");
    return id == null ? null : new RunKey(span.service(), workflow == null ? "" : workflow, id);
  }

  private void note(SpanRow row, RunDraft draft) {
    ancestors.note(row);
    runs.put(new Ancestors.Key(row.traceId(), row.spanId()), draft);
  }

  private Set<Ancestors.Key> parents(SpanFilter calls) {
    Set<Ancestors.Key> parents = new HashSet<>();
    reader.visit(calls, span -> parents.add(Ancestors.above(span.row())));
    drafts.values().forEach(draft -> draft.visits().forEach(visit -> parents.add(visit.above())));
    return parents;
  }

  private void nest() {
    for (RunDraft draft : drafts.values()) {
      for (NodeVisit visit : draft.visits()) {
        ancestors
            .nearest(visit.above(), above -> above.category().equals(NODE))
            .filter(above -> draft.equals(runs.get(above.key())))
            .ifPresent(above -> draft.nest(visit, above.key()));
      }
    }
  }

  private void addCall(StoredSpan span) {
    ancestors
        .nearest(Ancestors.above(span.row()), above -> runs.containsKey(above.key()))
        .ifPresent(
            above -> {
              RunDraft draft = runs.get(above.key());
              if (draft != null) {
                draft.addCall(above.key(), prices.cost(AiCall.of(span.row())));
              }
            });
  }
}
