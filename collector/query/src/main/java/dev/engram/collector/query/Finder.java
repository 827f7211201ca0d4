package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.ErrorGroups;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.solution.Observations;
import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what an id, or the beginning of one, stands for. */
final class Finder {
  static final Pattern HEX = Pattern.compile("[0-9a-f]{1,32}");
  static final int SPAN_DIGITS = 16;
  private static final int TRACE_DIGITS = 32;

  /** Most exceptions of a group whose requests are looked up. */
  private static final int MAX_EXCEPTIONS = 50;

  /** Most groups that one is compared with when it is shown. */
  private static final int MAX_COMPARED = 2_000;

  private static final int ALIKE = 3;

  /** What is less alike has not much more in common than a type. */
  private static final double ENOUGH_ALIKE = 0.5;

  private final StoreReader reader;
  private final SolutionQueries solutions;
  private final ErrorRemedies remedies;
  private final TraceTrees trees;

  Finder(StoreReader reader, SolutionQueries solutions) {
    this.reader = reader;
    this.solutions = solutions;
    this.remedies = new ErrorRemedies(reader);
    this.trees = new TraceTrees(reader);
  }

  Shown show(String id, long nowEpochNanos) {
    Optional<String> label = ErrorLabel.hexDigits(id);
    if (label.isPresent()) {
      return error(label.get(), nowEpochNanos);
    }
    String digits = id.toLowerCase(Locale.ROOT);
    return HEX.matcher(digits).matches() ? trace(digits) : new Shown.NotFound(false);
  }

  private Shown error(String digits, long nowEpochNanos) {
    List<Long> fingerprints = errors(digits);
    if (fingerprints.size() > 1) {
      return new Shown.Ambiguous(fingerprints.stream().map(ErrorLabel::of).toList());
    }
    return fingerprints.stream()
        .findFirst()
        .flatMap(fingerprint -> group(fingerprint, nowEpochNanos))
        .orElse(new Shown.NotFound(true));
  }

  /**
   * Fingerprints of error groups whose label begins with these digits. One that others were merged
   * into stays a group when its own exceptions are gone.
   */
  List<Long> errors(String digits) {
    List<Long> remembered = reader.fingerprints(digits);
    return remembered.isEmpty()
        ? Triages.of(reader.knowledge()).roots().stream()
            .filter(it -> SpanIds.hex(it).startsWith(digits))
            .toList()
        : remembered;
  }

  private Optional<Shown> group(long fingerprint, long nowEpochNanos) {
    ExceptionFilter all = new ExceptionFilter(0, 0, null, 0, null, 0);
    List<ErrorGroup> groups = ErrorGroups.find(reader, all, nowEpochNanos);
    boolean areFew = groups.size() <= MAX_COMPARED;
    return groups.stream()
        .filter(group -> group.fingerprints().contains(fingerprint))
        .findFirst()
        .map(group -> detail(group, areFew, nowEpochNanos).orElse(new Shown.Gone(group)));
  }

  private Optional<Shown> detail(ErrorGroup group, boolean areFew, long nowEpochNanos) {
    List<StoredException> newest = newest(group);
    return newest.stream()
        .findFirst()
        .map(
            latest ->
                new ErrorDetail(
                    group,
                    first(group).map(this::version).orElse(""),
                    version(latest),
                    latest,
                    ThrownArguments.of(latest, reader),
                    HitRequests.of(traces(newest), reader),
                    areFew ? alike(group, latest, nowEpochNanos) : List.of(),
                    solutions.solutions().against(group.fingerprints(), latest.row().stack()),
                    LatestVersion.of(group.services(), reader.instances()),
                    Observations.of(reader, group.fingerprints(), nowEpochNanos),
                    remedies.of(group, latest.row().stack(), traces(newest), nowEpochNanos)));
  }

  private List<SimilarError> alike(ErrorGroup group, StoredException latest, long nowEpochNanos) {
    Range most = new Range(0, null, ALIKE);
    return new SimilarErrors(reader, solutions)
        .to(latest.row().stack(), group.fingerprint(), most, nowEpochNanos).stream()
            .filter(it -> it.score() >= ENOUGH_ALIKE)
            .toList();
  }

  private Optional<StoredException> first(ErrorGroup group) {
    long time = group.firstSeenEpochNanos();
    return group.fingerprints().stream()
        .map(it -> new ExceptionFilter(time, time + 1, null, it, null, 1))
        .flatMap(filter -> reader.exceptions(filter).stream())
        .findFirst();
  }

  private String version(StoredException exception) {
    return reader.instances().stream()
        .filter(instance -> instance.id().equals(exception.row().instance()))
        .map(Instance::version)
        .findFirst()
        .orElse("");
  }

  private List<StoredException> newest(ErrorGroup group) {
    return group.fingerprints().stream()
        .map(it -> new ExceptionFilter(0, 0, null, it, null, MAX_EXCEPTIONS))
        .flatMap(filter -> reader.exceptions(filter).stream())
        .sorted(StoredException.EARLIEST_FIRST.reversed())
        .limit(MAX_EXCEPTIONS)
        .toList();
  }

  private static Set<TraceId> traces(List<StoredException> exceptions) {
    Set<TraceId> traces = new LinkedHashSet<>();
    exceptions.forEach(exception -> traces.add(exception.row().traceId()));
    traces.remove(TraceId.NONE);
    return traces;
  }

  private Shown trace(String digits) {
    List<Long> spans = digits.length() > SPAN_DIGITS ? List.of() : reader.spanIds(digits);
    Set<TraceId> traces =
        digits.length() == SPAN_DIGITS && !spans.isEmpty()
            ? Set.of()
            : new LinkedHashSet<>(reader.traceIds(digits));
    if (spans.size() + traces.size() > 1) {
      return new Shown.Ambiguous(names(spans, traces));
    }
    if (!traces.isEmpty()) {
      return trees.of(traces.iterator().next(), 0);
    }
    return spans.stream()
        .findFirst()
        .flatMap(reader::span)
        .<Shown>map(span -> trees.of(span.row().traceId(), span.row().spanId()))
        .orElse(new Shown.NotFound(digits.length() <= TRACE_DIGITS));
  }

  private static List<String> names(List<Long> spans, Set<TraceId> traces) {
    List<String> names = new ArrayList<>();
    spans.forEach(id -> names.add(SpanIds.hex(id)));
    traces.forEach(id -> names.add(id.hex()));
    return names;
  }
}
