package dev.engram.collector.analysis.gate;

import static java.util.Comparator.comparing;

import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.StatementFindings;
import dev.engram.collector.analysis.SwallowedExceptions;
import dev.engram.collector.analysis.SwallowedThrows;
import dev.engram.collector.analysis.ai.AiCall;
import dev.engram.collector.analysis.ai.AiSummary;
import dev.engram.collector.analysis.ai.AiUsage;
import dev.engram.collector.analysis.ai.Prices;
import dev.engram.collector.analysis.gate.RunProfile.AiSpend;
import dev.engram.collector.analysis.gate.RunProfile.Repetition;
import dev.engram.collector.analysis.gate.RunProfile.SeenError;
import dev.engram.collector.analysis.gate.RunProfile.SeenThrow;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.RepeatedStatement;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.ThrowFilter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Reads what a run left. Not thread-safe. */
public final class RunProfiles {
  /** Thrown by those who look for something and find out so that it is not there. */
  private static final Set<String> LOOKED_FOR =
      Set.of(
          "java.lang.ClassNotFoundException",
          "java.lang.NoSuchFieldException",
          "java.lang.NoSuchMethodException",
          "java.nio.file.NoSuchFileException",
          "java.util.MissingResourceException");

  private final StoreReader reader;
  private final Prices prices;
  private final SpanProfile spans = new SpanProfile();
  private final Map<String, SeenError> errors = new TreeMap<>();
  private final Map<List<String>, SeenThrow> swallowed = new TreeMap<>(comparing(List::toString));
  private final Map<List<String>, Repetition> repetitions =
      new TreeMap<>(comparing(List::toString));
  private AiSpend ai = AiSpend.NONE;

  private RunProfiles(StoreReader reader, Prices prices) {
    this.reader = reader;
    this.prices = prices;
  }

  /** All of what these parts of the memory hold, together. */
  public static RunProfile of(StoreReader reader, Prices prices, List<RunWindow> windows) {
    RunProfiles profiles = new RunProfiles(reader, prices);
    windows.forEach(profiles::add);
    return profiles.profile();
  }

  /**
   * Requests, errors and timings alone, of what meets this in one part of the memory.
   *
   * @param where also for exceptions, which have no duration
   */
  public static RunProfile of(StoreReader reader, RunWindow window, Condition where) {
    RunProfiles profiles = new RunProfiles(reader, Prices.NONE);
    profiles.addSums(window, where);
    profiles.addErrors(window, where);
    return profiles.profile();
  }

  private RunProfile profile() {
    return new RunProfile(
        spans.requests(),
        List.copyOf(errors.values()),
        List.copyOf(swallowed.values()),
        spans.timings(),
        List.copyOf(repetitions.values()),
        spans.secrets(),
        ai);
  }

  private void add(RunWindow window) {
    reader.visit(spans(window), spans::add);
    addErrors(window, Condition.ANY);
    SwallowedExceptions.find(reader, thrown(window), 0).forEach(this::add);
    reader.repeatedStatements(statements(window), StatementFindings.REPEATED).forEach(this::add);
    AiUsage.find(reader, calls(window), prices, AiUsage.By.MODEL, 0).forEach(this::add);
  }

  private void addSums(RunWindow window, Condition where) {
    reader
        .sums(spans(window).where(where))
        .forEach((by, sums) -> sums.forEach(sum -> spans.add(by, sum)));
  }

  private void addErrors(RunWindow window, Condition where) {
    reader.exceptionGroups(exceptions(window, where)).forEach(group -> add(window, group));
  }

  private void add(RunWindow window, ExceptionGroup group) {
    String label = ErrorLabel.of(group.fingerprint());
    List<String> services = window.service() == null ? group.services() : List.of(window.service());
    String message = Objects.requireNonNullElse(group.message(), "");
    SeenError error = new SeenError(label, services, group.type(), message, group.count());
    errors.merge(label, error, SeenError::plus);
    spans.addMessage(error.service(), label, message);
  }

  /**
   * By type, of which counts are exact: at which of its sites one is seen depends on the sample,
   * and in which of them a library swallows it is its own affair.
   */
  private void add(SwallowedThrows thrown) {
    if (LOOKED_FOR.contains(thrown.type())) {
      return;
    }
    String site = thrown.site() != null && thrown.isInApp() ? method(thrown.site()) : "";
    SeenThrow seen = new SeenThrow(thrown.service(), thrown.type(), site, thrown.count());
    swallowed.merge(List.of(seen.service(), seen.type()), seen, SeenThrow::plus);
  }

  private static String method(String site) {
    int end = site.indexOf('(');
    return end < 0 ? site : site.substring(0, end);
  }

  private void add(RepeatedStatement statement) {
    Repetition repetition = new Repetition(statement.service(), statement.text(), statement.most());
    repetitions.merge(
        List.of(statement.service(), statement.text()), repetition, Repetition::orMore);
  }

  private void add(AiSummary summary) {
    Double cost = summary.costUsd();
    ai = ai.plus(new AiSpend(summary.calls(), summary.unpriced(), cost == null ? 0 : cost));
  }

  private static SpanFilter spans(RunWindow window) {
    return new SpanFilter(
        window.sinceEpochNanos(),
        window.untilEpochNanos(),
        window.service(),
        null,
        null,
        null,
        0,
        0,
        0);
  }

  private static ExceptionFilter exceptions(RunWindow window, Condition where) {
    return new ExceptionFilter(
        window.sinceEpochNanos(), window.untilEpochNanos(), window.service(), 0, null, 0, where);
  }

  private static ThrowFilter thrown(RunWindow window) {
    return new ThrowFilter(window.sinceEpochNanos(), window.untilEpochNanos(), window.service());
  }

  private static StatementFilter statements(RunWindow window) {
    return new StatementFilter(
        window.sinceEpochNanos(), window.untilEpochNanos(), window.service(), 0, 0);
  }

  private static SpanFilter calls(RunWindow window) {
    return AiCall.filter(
        window.sinceEpochNanos(), window.untilEpochNanos(), window.service(), null, 0);
  }
}
