package dev.engram.collector.query;

import dev.engram.collector.query.TraceTree.Node;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds trees from the spans of a trace, whatever their parents claim. */
final class TraceTrees {
  /** Most exceptions of one trace that are shown. */
  private static final int MAX_EXCEPTIONS = 200;

  /** Deeper spans are shown as roots of their own; no honest trace nests so deep. */
  private static final int MAX_DEPTH = 200;

  private final StoreReader reader;
  private final PayloadExcerpts payloads;

  TraceTrees(StoreReader reader) {
    this.reader = reader;
    this.payloads = new PayloadExcerpts(reader, PayloadExcerpts.SHORT);
  }

  TraceTree of(TraceId traceId, long askedSpanId) {
    Map<Long, StoredSpan> spans = new LinkedHashMap<>();
    reader.trace(traceId).forEach(span -> spans.putIfAbsent(span.row().spanId(), span));
    Exceptions exceptions = new Exceptions(exceptionsOf(traceId));
    Map<Long, List<StoredSpan>> children = new LinkedHashMap<>();
    List<StoredSpan> roots = new ArrayList<>();
    for (StoredSpan span : spans.values()) {
      long parent = span.row().parentSpanId();
      if (parent != 0 && spans.containsKey(parent)) {
        children.computeIfAbsent(parent, key -> new ArrayList<>()).add(span);
      } else {
        roots.add(span);
      }
    }
    Set<Long> placed = new HashSet<>();
    List<Node> trees = nodes(roots, children, exceptions, placed, MAX_DEPTH);
    return new TraceTree(
        traceId,
        askedSpanId,
        withLeftOvers(trees, spans.values(), children, exceptions, placed),
        start(spans.values()),
        end(spans.values()),
        exceptions.without(spans.keySet()));
  }

  private List<StoredException> exceptionsOf(TraceId traceId) {
    List<StoredException> found =
        new ArrayList<>(
            reader.exceptions(new ExceptionFilter(0, 0, null, 0, traceId, MAX_EXCEPTIONS)));
    found.sort(Comparator.comparingLong(exception -> exception.row().timeEpochNanos()));
    return found;
  }

  private List<Node> nodes(
      List<StoredSpan> spans,
      Map<Long, List<StoredSpan>> children,
      Exceptions exceptions,
      Set<Long> placed,
      int depth) {
    List<Node> nodes = new ArrayList<>();
    for (StoredSpan span : spans) {
      long id = span.row().spanId();
      if (depth > 0 && placed.add(id)) {
        List<Node> below =
            nodes(children.getOrDefault(id, List.of()), children, exceptions, placed, depth - 1);
        nodes.add(new Node(span, exceptions.of(id), payloads.of(span), below));
      }
    }
    return List.copyOf(nodes);
  }

  /** Spans that name each other as parents, or nest too deep: shown all the same. */
  private List<Node> withLeftOvers(
      List<Node> trees,
      Collection<StoredSpan> spans,
      Map<Long, List<StoredSpan>> children,
      Exceptions exceptions,
      Set<Long> placed) {
    List<Node> all = new ArrayList<>(trees);
    for (StoredSpan span : spans) {
      all.addAll(nodes(List.of(span), children, exceptions, placed, MAX_DEPTH));
    }
    return List.copyOf(all);
  }

  private static long start(Collection<StoredSpan> spans) {
    return spans.stream().mapToLong(span -> span.row().startEpochNanos()).min().orElse(0);
  }

  private static long end(Collection<StoredSpan> spans) {
    return spans.stream()
        .mapToLong(span -> span.row().startEpochNanos() + Math.max(0, span.row().durationNanos()))
        .max()
        .orElse(0);
  }

  /** A trace's exceptions by span. */
  private record Exceptions(List<StoredException> all) {
    List<StoredException> of(long spanId) {
      return all.stream().filter(exception -> exception.row().spanId() == spanId).toList();
    }

    List<StoredException> without(Set<Long> spanIds) {
      return all.stream().filter(exception -> !spanIds.contains(exception.row().spanId())).toList();
    }
  }
}
