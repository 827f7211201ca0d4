package dev.engram.collector.analysis.gate;

import dev.engram.collector.analysis.gate.RunProfile.AiSpend;
import dev.engram.collector.analysis.gate.RunProfile.Repetition;
import dev.engram.collector.analysis.gate.RunProfile.Secret;
import dev.engram.collector.analysis.gate.RunProfile.SeenError;
import dev.engram.collector.analysis.gate.RunProfile.SeenThrow;
import dev.engram.collector.analysis.gate.RunProfile.Timed;
import dev.engram.collector.analysis.gate.Verdict.Check;
import dev.engram.collector.analysis.gate.Verdict.Judged;
import dev.engram.collector.analysis.gate.Verdict.Outcome;
import dev.engram.collector.analysis.gate.Verdict.Violation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Judges a run by a baseline. Pure. */
public final class Gate {
  /** Of fewer it may be chance that the other run had none. */
  private static final long LEAST_SWALLOWED = 20;

  private final RunProfile run;
  private final RunProfile baseline;
  private final Limits limits;
  private final long lost;

  private Gate(RunProfile run, RunProfile baseline, Limits limits, long lost) {
    this.run = run;
    this.baseline = baseline;
    this.limits = limits;
    this.lost = lost;
  }

  /**
   * Every check, whatever the others say.
   *
   * @param lost records of the run that its profile lacks
   */
  public static Verdict judge(RunProfile run, RunProfile baseline, Limits limits, long lost) {
    return new Gate(run, baseline, limits, lost).judge();
  }

  private Verdict judge() {
    Slowdowns slowdowns = new Slowdowns(run, baseline, limits);
    return new Verdict(
        List.of(
            requests(),
            errors(),
            swallowed(),
            slowdowns.judge(Check.ROUTES, Timed.ROUTE),
            slowdowns.judge(Check.STATEMENTS, Timed.STATEMENT),
            repetitions(),
            secrets(),
            aiSpend(),
            lostRecords()));
  }

  /**
   * What did nothing does nothing wrong. A job has no requests: as long as its baseline has none
   * either, anything else to judge will do.
   */
  private Judged requests() {
    boolean didNothing =
        run.requests() == 0 && (baseline.requests() > 0 || run.equals(RunProfile.EMPTY));
    if (didNothing) {
      String note = "0 requests, %,d in the baseline; did the test reach the service?";
      return new Judged(
          Check.REQUESTS,
          Outcome.UNDECIDED,
          String.format(Locale.ROOT, note, baseline.requests()),
          List.of());
    }
    return Judged.of(Check.REQUESTS, counted(run.requests(), "request"), List.of());
  }

  private Judged errors() {
    Set<String> known = known(baseline.errors(), SeenError::label);
    List<Violation> violations =
        run.errors().stream()
            .filter(error -> !known.contains(error.label()))
            .map(Gate::newError)
            .toList();
    return Judged.of(Check.ERRORS, counted(run.errors().size(), "error group"), violations);
  }

  private static Violation newError(SeenError error) {
    String message = error.message().isEmpty() ? "" : ": " + error.message();
    return new Violation(
        error.service(),
        error.label() + " " + error.type(),
        counted(error.count(), "time") + message);
  }

  private Judged swallowed() {
    Function<SeenThrow, List<String>> key = thrown -> List.of(thrown.service(), thrown.type());
    Set<List<String>> known = known(baseline.swallowed(), key);
    List<Violation> violations =
        run.swallowed().stream()
            .filter(thrown -> !known.contains(key.apply(thrown)))
            .filter(thrown -> !thrown.site().isEmpty() && thrown.count() >= LEAST_SWALLOWED)
            .map(
                thrown ->
                    new Violation(
                        thrown.service(),
                        thrown.type() + " at " + thrown.site(),
                        "about "
                            + counted(thrown.count(), "time")
                            + " thrown and caught without a trace"))
            .toList();
    return Judged.of(Check.SWALLOWED, counted(run.swallowed().size(), "type"), violations);
  }

  private Judged repetitions() {
    Function<Repetition, List<String>> key = it -> List.of(it.service(), it.statement());
    Set<List<String>> known = known(baseline.repetitions(), key);
    List<Violation> violations =
        run.repetitions().stream()
            .filter(repetition -> !known.contains(key.apply(repetition)))
            .map(
                it ->
                    new Violation(
                        it.service(),
                        it.statement(),
                        "up to " + counted(it.most(), "execution") + " below one span"))
            .toList();
    return Judged.of(
        Check.N_PLUS_ONE, counted(run.repetitions().size(), "repeated statement"), violations);
  }

  private Judged secrets() {
    Set<Secret> known = known(baseline.secrets(), secret -> secret);
    List<Violation> violations =
        run.secrets().stream()
            .filter(secret -> !known.contains(secret))
            .map(
                secret ->
                    new Violation(
                        secret.service(), secret.place(), "a secret came by and had to be hidden"))
            .toList();
    return Judged.of(Check.SECRETS, counted(run.secrets().size(), "place"), violations);
  }

  private Judged aiSpend() {
    AiSpend ai = run.ai();
    String note =
        counted(ai.calls(), "call")
            + " for "
            + dollars(ai.costUsd())
            + (ai.unpriced() == 0 ? "" : ", " + ai.unpriced() + " of them without a known price");
    Double budget = limits.aiBudgetUsd();
    if (budget == null) {
      return new Judged(Check.AI_SPEND, Outcome.PASS, note + "; no budget given", List.of());
    }
    if (ai.costUsd() > budget) {
      Violation violation = new Violation("", note, "the budget is " + dollars(budget));
      return Judged.of(Check.AI_SPEND, note, List.of(violation));
    }
    Outcome outcome = ai.unpriced() == 0 ? Outcome.PASS : Outcome.UNDECIDED;
    return new Judged(Check.AI_SPEND, outcome, note + " of " + dollars(budget), List.of());
  }

  /** Each may be what would have failed the run. */
  private Judged lostRecords() {
    Outcome outcome = lost == 0 ? Outcome.PASS : Outcome.UNDECIDED;
    return new Judged(Check.LOST_RECORDS, outcome, counted(lost, "record"), List.of());
  }

  private static <T, K> Set<K> known(List<T> seen, Function<T, K> key) {
    return seen.stream().map(key).collect(Collectors.toSet());
  }

  private static String dollars(double sum) {
    return String.format(Locale.ROOT, "$%.4f", sum);
  }

  static String counted(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
