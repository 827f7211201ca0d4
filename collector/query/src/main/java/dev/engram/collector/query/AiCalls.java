package dev.engram.collector.query;

import dev.engram.collector.analysis.Ancestors;
import dev.engram.collector.analysis.ai.AiCall;
import dev.engram.collector.analysis.ai.AiSummary;
import dev.engram.collector.analysis.ai.AiUsage;
import dev.engram.collector.analysis.ai.Prices;
import dev.engram.collector.analysis.decision.CallFeedback;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers about calls of models. */
final class AiCalls {
  private static final List<String> ASKED =
      List.of("gen_ai.system_instructions", "gen_ai.tool.definitions", "gen_ai.input.messages");

  private final StoreReader reader;
  private final Supplier<Prices> prices;
  private final PayloadExcerpts payloads;

  AiCalls(StoreReader reader, Supplier<Prices> prices) {
    this.reader = reader;
    this.prices = prices;
    this.payloads = new PayloadExcerpts(reader, Integer.MAX_VALUE);
  }

  List<AiSummary> summaries(Range range, AiUsage.By by) {
    SpanFilter calls = filter(range, null, 0);
    return AiUsage.find(reader, calls, prices.get(), by, range.limit());
  }

  List<PricedCall> list(Range range, @Nullable String status) {
    Prices known = prices.get();
    return Stream.concat(ended(range, status), inProgress(range, status))
        .sorted(Comparator.comparingLong(Queries::start).reversed())
        .limit(range.limit())
        .map(span -> priced(span, known))
        .toList();
  }

  /** Spans of other kinds do not make an id ambiguous. */
  Shown conversation(String id) {
    String digits = id.toLowerCase(Locale.ROOT);
    if (!Finder.HEX.matcher(digits).matches()) {
      return new Shown.NotFound(false);
    }
    Map<Long, StoredSpan> found = new LinkedHashMap<>();
    if (digits.length() <= Finder.SPAN_DIGITS) {
      reader.spanIds(digits).forEach(span -> reader.span(span).ifPresent(it -> add(it, found)));
    }
    if (found.isEmpty()) {
      reader.traceIds(digits).stream()
          .flatMap(trace -> reader.trace(trace).stream())
          .filter(span -> AiCall.isOne(span.row()))
          .forEach(span -> add(span, found));
    }
    if (found.size() > 1) {
      return new Shown.Ambiguous(found.keySet().stream().map(SpanIds::hex).toList());
    }
    return found.values().stream()
        .<Shown>map(this::conversation)
        .findFirst()
        .orElse(new Shown.NotFound(true));
  }

  private static void add(StoredSpan span, Map<Long, StoredSpan> found) {
    if (span.row().category().equals("ai")) {
      found.put(span.row().spanId(), span);
    }
  }

  private Conversation conversation(StoredSpan span) {
    List<StoredSpan> tools =
        reader.trace(span.row().traceId()).stream()
            .filter(other -> other.row().category().equals("tool"))
            .toList();
    return new Conversation(priced(span, prices.get()), said(span), tools, feedback(span.row()));
  }

  private List<FeedbackRow> feedback(SpanRow call) {
    CallFeedback feedback = CallFeedback.since(call.startEpochNanos(), reader);
    Ancestors above = new Ancestors(reader, feedback.keys());
    above.load(Set.of(Ancestors.above(call)));
    return feedback.of(call, above);
  }

  /** Of a call without an end, what it was asked is among its attributes. */
  private List<PayloadExcerpt> said(StoredSpan span) {
    List<PayloadExcerpt> said = new ArrayList<>(payloads.of(span));
    for (String name : ASKED) {
      boolean missing = said.stream().noneMatch(payload -> payload.name().equals(name));
      if (missing && span.row().attributes().get(name) instanceof String text) {
        long size = text.getBytes(StandardCharsets.UTF_8).length;
        said.add(new PayloadExcerpt(name, "application/json", size, text, true));
      }
    }
    return List.copyOf(said);
  }

  private Stream<StoredSpan> ended(Range range, @Nullable String status) {
    return Queries.IN_PROGRESS.equals(status)
        ? Stream.empty()
        : reader.spans(filter(range, status)).stream();
  }

  private Stream<StoredSpan> inProgress(Range range, @Nullable String status) {
    return status == null || Queries.IN_PROGRESS.equals(status)
        ? reader.inProgress(filter(range, null)).stream()
        : Stream.empty();
  }

  private static SpanFilter filter(Range range, @Nullable String status) {
    return filter(range, status, range.limit());
  }

  private static SpanFilter filter(Range range, @Nullable String status, int limit) {
    return AiCall.filter(
            range.sinceEpochNanos(), range.untilEpochNanos(), range.service(), status, limit)
        .where(range.where());
  }

  private static PricedCall priced(StoredSpan span, Prices known) {
    AiCall numbers = AiCall.of(span.row());
    return new PricedCall(span, numbers, known.cost(numbers));
  }
}
