package dev.engram.collector.analysis.ai;

import dev.engram.collector.analysis.Ancestors;
import dev.engram.collector.analysis.decision.CallFeedback;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sums calls of models up, with what people say of them. Their payloads are never read. */
public final class AiUsage {
  /** Most expensive first, those without a cost last; then by tokens and calls. */
  private static final Comparator<AiSummary> ORDER =
      Comparator.comparing(
              AiSummary::costUsd, Comparator.nullsLast(Comparator.<Double>reverseOrder()))
          .thenComparing(summary -> -summary.tokens().input() - summary.tokens().output())
          .thenComparing(summary -> -summary.calls())
          .thenComparing(AiSummary::key);

  /** By what calls are summed up. */
  public enum By {
    MODEL,
    /** The request that a call was made for, by the name of its span. */
    ROUTE,
    WORKFLOW,
    /** The hash of the system instructions. */
    PROMPT,
    SERVICE
  }

  private record Group(@Nullable String provider, String key) {}

  private final StoreReader reader;
  private final Prices prices;
  private final By by;
  private final CallFeedback feedback;
  private final Ancestors ancestors;
  private final Map<Group, SummaryDraft> drafts = new LinkedHashMap<>();

  private AiUsage(StoreReader reader, Prices prices, By by, CallFeedback feedback) {
    this.reader = reader;
    this.prices = prices;
    this.by = by;
    this.feedback = feedback;
    this.ancestors = new Ancestors(reader, feedback.keys());
  }

  /**
   * Calls of models summed up, most expensive first.
   *
   * @param calls of {@link AiCall#filter}, without a limit
   * @param limit most summaries; 0 for no limit
   */
  public static List<AiSummary> find(
      StoreReader reader, SpanFilter calls, Prices prices, By by, int limit) {
    CallFeedback feedback = CallFeedback.since(calls.sinceEpochNanos(), reader);
    return new AiUsage(reader, prices, by, feedback).find(calls, limit);
  }

  private List<AiSummary> find(SpanFilter filter, int limit) {
    if (by == By.ROUTE || by == By.WORKFLOW || !feedback.keys().isEmpty()) {
      ancestors.load(parents(filter));
    }
    reader.visit(filter, this::add);
    Prompts prompts = new Prompts(reader);
    if (by == By.PROMPT) {
      prompts.read(filter.service());
    }
    return drafts.entrySet().stream()
        .map(draft -> draft.getValue().summary(prompts.of(draft.getKey().key())))
        .sorted(ORDER)
        .limit(limit == 0 ? Long.MAX_VALUE : limit)
        .toList();
  }

  private void add(StoredSpan span) {
    AiCall call = AiCall.of(span.row());
    Group group = new Group(by == By.MODEL ? call.provider() : null, key(span, call));
    drafts
        .computeIfAbsent(group, key -> new SummaryDraft(key.provider(), key.key()))
        .add(call, prices.cost(call), feedback.of(span.row(), ancestors));
  }

  private String key(StoredSpan span, AiCall call) {
    return switch (by) {
      case MODEL -> call.model();
      case ROUTE -> route(span.row());
      case WORKFLOW -> workflow(span.row());
      case PROMPT -> Prompts.hash(span.row());
      case SERVICE -> span.service();
    };
  }

  private String route(SpanRow row) {
    return ancestors
        .nearest(Ancestors.above(row), above -> above.kind().equals("SERVER"))
        .map(Ancestors.Ancestor::name)
        .orElse("");
  }

  private String workflow(SpanRow row) {
    if (row.attributes().get("gen_ai.workflow.name") instanceof String name) {
      return name;
    }
    return ancestors
        .nearest(Ancestors.above(row), above -> above.workflow() != null)
        .map(Ancestors.Ancestor::workflow)
        .orElse("");
  }

  private Set<Ancestors.Key> parents(SpanFilter filter) {
    Set<Ancestors.Key> parents = new HashSet<>();
    reader.visit(filter, span -> parents.add(Ancestors.above(span.row())));
    return parents;
  }
}
