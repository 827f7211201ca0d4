package dev.engram.collector.analysis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.gate.RunProfile.AiSpend;
import dev.engram.collector.analysis.gate.RunProfile.Repetition;
import dev.engram.collector.analysis.gate.RunProfile.Secret;
import dev.engram.collector.analysis.gate.RunProfile.SeenError;
import dev.engram.collector.analysis.gate.RunProfile.SeenThrow;
import dev.engram.collector.analysis.gate.RunProfile.SeenTiming;
import dev.engram.collector.analysis.gate.RunProfile.Timed;
import dev.engram.collector.analysis.gate.Verdict.Check;
import dev.engram.collector.analysis.gate.Verdict.Judged;
import dev.engram.collector.analysis.gate.Verdict.Outcome;
import dev.engram.collector.analysis.gate.Verdict.Violation;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTest {
  @Test
  void sameRun_passes() {
    RunProfile run = everything("E-1", "select 1");

    Verdict verdict = Gate.judge(run, run, limits(null), 0);

    assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
    assertThat(verdict.checks()).extracting(Judged::check).containsExactly(Check.values());
  }

  @Test
  void whatIsNew_failsItsCheckAlone() {
    Verdict verdict =
        Gate.judge(everything("E-2", "select 2"), everything("E-1", "select 1"), limits(null), 0);

    assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(verdict.checks())
        .filteredOn(judged -> judged.outcome() == Outcome.FAIL)
        .extracting(Judged::check)
        .containsExactly(Check.ERRORS, Check.SWALLOWED, Check.N_PLUS_ONE, Check.SECRETS);
    assertThat(violations(verdict, Check.ERRORS))
        .containsExactly(new Violation("shop", "E-2 a.B", "3 times: broken"));
  }

  @Test
  void whatIsGone_isNoFailure() {
    RunProfile clean = profile(List.of(), 1, AiSpend.NONE);

    assertThat(Gate.judge(clean, everything("E-1", "select 1"), limits(null), 0).outcome())
        .isEqualTo(Outcome.PASS);
  }

  @Test
  void runWithoutRequests_isNotJudged_unlessItIsAJobThatHasNone() {
    RunProfile nothing = RunProfile.EMPTY;
    RunProfile job = profile(List.of(), 0, new AiSpend(3, 0, 0.1));
    RunProfile service = profile(List.of(), 1_200, AiSpend.NONE);

    assertUndecided(
        nothing, service, "0 requests, 1,200 in the baseline; did the test reach the service?");
    assertUndecided(
        job, service, "0 requests, 1,200 in the baseline; did the test reach the service?");
    assertUndecided(
        nothing, nothing, "0 requests, 0 in the baseline; did the test reach the service?");
    assertThat(Gate.judge(job, job, limits(null), 0).outcome()).isEqualTo(Outcome.PASS);
    assertThat(Gate.judge(service, nothing, limits(null), 0).outcome()).isEqualTo(Outcome.PASS);
  }

  private static void assertUndecided(RunProfile run, RunProfile baseline, String note) {
    Verdict verdict = Gate.judge(run, baseline, limits(null), 0);
    assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(verdict.checks().get(0))
        .isEqualTo(new Judged(Check.REQUESTS, Outcome.UNDECIDED, note, List.of()));
  }

  @Test
  void slowerRoute_fails_whereTheDifferenceIsBeyondNoiseToleranceAndAMillisecond() {
    assertThat(slower(new Timing(50, 10_000_000, 0.05), new Timing(50, 20_000_000, 0.05))).isTrue();
    assertThat(slower(new Timing(50, 10_000_000, 0.3), new Timing(50, 20_000_000, 0.3))).isFalse();
    assertThat(slower(new Timing(50, 10_000_000, 0.0), new Timing(50, 11_900_000, 0.0))).isFalse();
    assertThat(slower(new Timing(50, 100_000, 0.0), new Timing(50, 900_000, 0.0))).isFalse();
    assertThat(slower(new Timing(29, 10_000_000, 0.0), new Timing(50, 90_000_000, 0.0))).isFalse();
    assertThat(slower(new Timing(50, 20_000_000, 0.0), new Timing(50, 10_000_000, 0.0))).isFalse();
  }

  @Test
  void manyRoutes_needMoreProofEach() {
    Timing before = new Timing(50, 10_000_000, 0.1);
    Timing now = new Timing(50, 20_000_000, 0.1);

    assertThat(slow(1, before, now)).isEqualTo(Outcome.FAIL);
    assertThat(slow(1_000, before, now)).isEqualTo(Outcome.PASS);
  }

  @Test
  void aiSpend_isJudgedByItsBudget_andNotWhereACallHasNoPrice() {
    assertThat(spend(new AiSpend(3, 0, 0.5), 0.4)).isEqualTo(Outcome.FAIL);
    assertThat(spend(new AiSpend(3, 0, 0.5), 0.5)).isEqualTo(Outcome.PASS);
    assertThat(spend(new AiSpend(3, 1, 0.5), 0.6)).isEqualTo(Outcome.UNDECIDED);
    assertThat(spend(new AiSpend(3, 1, 0.5), 0.4)).isEqualTo(Outcome.FAIL);
    assertThat(spend(new AiSpend(3, 1, 0.5), null)).isEqualTo(Outcome.PASS);
  }

  private static boolean slower(Timing before, Timing now) {
    return slow(1, before, now) == Outcome.FAIL;
  }

  private static Outcome slow(int routes, Timing before, Timing now) {
    return Gate.judge(
            profile(timings(routes, now), 1, AiSpend.NONE),
            profile(timings(routes, before), 1, AiSpend.NONE),
            limits(null),
            0)
        .outcome();
  }

  private static List<SeenTiming> timings(int routes, Timing timing) {
    return IntStream.range(0, routes)
        .mapToObj(route -> new SeenTiming(Timed.ROUTE, "shop", "GET /" + route, timing))
        .toList();
  }

  private static Outcome spend(AiSpend ai, @Nullable Double budget) {
    return Gate.judge(profile(List.of(), 1, ai), RunProfile.EMPTY, limits(budget), 0).outcome();
  }

  private static List<Violation> violations(Verdict verdict, Check check) {
    return verdict.checks().stream()
        .filter(judged -> judged.check() == check)
        .flatMap(judged -> judged.violations().stream())
        .toList();
  }

  private static Limits limits(@Nullable Double budget) {
    return Limits.of(Limits.LEAST_COUNT, Limits.TOLERANCE, budget);
  }

  private static RunProfile everything(String label, String statement) {
    return new RunProfile(
        1,
        List.of(new SeenError(label, List.of("shop"), "a.B", "broken", 3)),
        List.of(new SeenThrow("shop", "a.C" + label, "com.acme.Parser.parse", 20)),
        List.of(),
        List.of(new Repetition("shop", statement, 7)),
        List.of(new Secret("shop", "url.query of GET /" + label)),
        AiSpend.NONE);
  }

  private static RunProfile profile(List<SeenTiming> timings, long requests, AiSpend ai) {
    return new RunProfile(requests, List.of(), List.of(), timings, List.of(), List.of(), ai);
  }
}
