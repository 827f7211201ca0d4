package dev.engram.collector.analysis.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.StoredAttempt;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RemedyJudgeTest {
  private static final String ACTION = "retry method a.B#c";
  private static final long FINGERPRINT = 7;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final List<StoredAttempt> attempts = new ArrayList<>();
  private final List<KnowledgeRow> said = new ArrayList<>();
  private final Map<String, DecisionRow> transitions = new HashMap<>();
  private String action = ACTION;
  private long fingerprint = FINGERPRINT;
  private long now = SECOND;

  @Test
  void failureThatRepeats_isApplied_andOnTrialOnceSomebodyHeals() {
    attempt("observed", "failed");
    attempt("observed", "failed");
    assertThat(judged().isApplied()).isFalse();

    attempt("observed", "failed");
    assertThat(judged().isApplied()).isTrue();
    assertThat(state()).isEqualTo(RemedyState.OBSERVED);

    attempt("control", "failed");
    assertThat(state()).isEqualTo(RemedyState.TRIAL);
    assertThat(judged().since()).isEqualTo(now);
  }

  /** By hand: (0.6 / 0.2)^3 = 27, and two are 9. */
  @Test
  void retryThatResolves_isActive_afterThreeEpisodes() {
    attempts(2, "treated", "resolved");
    assertThat(state()).isEqualTo(RemedyState.TRIAL);

    attempt("treated", "resolved");
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);
    assertThat(judged().evidence().helps()).isCloseTo(27.0, within(0.1));
    assertThat(RemedyWords.of(judged()).get(0))
        .contains("27 times likelier if it resolves six of ten than if it resolves one of five");
    attempts(3, "treated", "resolved");
    assertThat(judged().evidence().treated()).isEqualTo(new Proportion(6, 6));
    assertThat(judged().evidence().addedNanos()).isEqualTo(5);
    assertThat(RemedyWords.of(judged()))
        .contains(
            "6 of 6 treated episodes ended well: 100%, and with 95% probability between 59% and"
                + " 100% of them do");
  }

  /** By hand: (0.98 / 0.8)^15 = 21.0, and fourteen are 17.1. */
  @Test
  void remedyThatResolvesNothing_isWithdrawn_afterFifteenEpisodes() {
    attempts(14, "treated", "failed");
    assertThat(state()).isEqualTo(RemedyState.TRIAL);

    attempt("treated", "failed");
    assertThat(state()).isEqualTo(RemedyState.WITHDRAWN);
    assertThat(judged().isApplied()).isFalse();
  }

  @Test
  void remedyThatHelpedForLong_isWithdrawnAsSoon_whenItHelpsNoMore() {
    attempts(1_000, "treated", "resolved");
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);

    attempts(15, "treated", "failed");
    assertThat(state()).isEqualTo(RemedyState.WITHDRAWN);
  }

  @Test
  void withdrawnRemedy_isTriedAnew_afterItsRest_ifTheFailureStillComes() {
    attempts(15, "treated", "failed");
    attempts(3, "observed", "failed");
    assertThat(state()).isEqualTo(RemedyState.WITHDRAWN);

    now += Course.REST_NANOS;
    assertThat(state()).isEqualTo(RemedyState.OBSERVED);
    assertThat(judged().isApplied()).isFalse();
    attempts(3, "observed", "failed");
    assertThat(judged().isApplied()).isTrue();
  }

  @Test
  void person_mayHaveAWithdrawnRemedyTriedAtOnce_andOnlyOnce() {
    approve();
    attempts(15, "treated", "failed");
    assertThat(state()).isEqualTo(RemedyState.WITHDRAWN);

    approve();
    assertThat(state()).isEqualTo(RemedyState.OBSERVED);
    assertThat(judged().isApplied()).isTrue();
    attempts(15, "treated", "failed");
    assertThat(state()).isEqualTo(RemedyState.WITHDRAWN);

    now += Course.REST_NANOS;
    attempt("observed", "failed");
    assertThat(state()).isEqualTo(RemedyState.OBSERVED);
    assertThat(judged().approved()).as("by what was said before").isFalse();
    assertThat(judged().isApplied()).isFalse();
  }

  @Test
  void approval_doesNotCountBeforeItWasGiven() {
    attempts(15, "treated", "failed");
    attempts(3, "treated", "failed");
    approve();

    assertThat(judged().evidence().treated()).as("since then").isEqualTo(new Proportion(0, 0));
    assertThat(judged().approved()).isTrue();
  }

  @Test
  void failureOfWhichNobodyKnowsWhetherItPasses_waitsForAPerson() {
    attempts(50, "unclear", "failed");
    assertThat(judged().isApplied()).isFalse();
    assertThat(RemedyWords.of(judged()).get(0)).contains("engram remedies approve R-");

    approve();
    assertThat(judged().isApplied()).isTrue();
  }

  @Test
  void approval_counts_howeverLongAgo_andWhateverWasDeployed() {
    breaker();
    approve();
    attempts(6, "probe", "failed");
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);

    attempts.clear();
    now += 2 * RemedyJudge.WILTS_NANOS;
    add("2.0", trace(), "observed", "failed");
    assertThat(judged().approved()).isTrue();
    assertThat(judged().isApplied()).isTrue();
  }

  /** A deploy, or a week, has its failures forgotten. */
  @Test
  void withdrawal_thatWasRemembered_usesUpWhatWasApprovedBefore_whateverIsForgotten() {
    pool();
    approve();
    attempts(2, "treated", "failed");
    assertThat(state()).isEqualTo(RemedyState.WITHDRAWN);
    withdraw();

    add("2.0", trace(), "observed", "failed");
    assertThat(state()).isEqualTo(RemedyState.OBSERVED);
    assertThat(judged().approved()).as("by what was said before").isFalse();
    assertThat(judged().isApplied()).isFalse();

    approve();
    assertThat(judged().isApplied()).isTrue();
  }

  @Test
  void otherWords_areNoApproval() {
    attempts(50, "unclear", "failed");
    say("remedy", "R-000000000000", "approve");
    say("solution", RemedyLabel.of(ACTION, FINGERPRINT), "approve");
    say("remedy", RemedyLabel.of(ACTION, FINGERPRINT), "no");

    assertThat(judged().approved()).isFalse();
  }

  @Test
  void whatWasSkipped_isNoEvidence() {
    attempts(50, "skipped", "failed");

    assertThat(judged().evidence().treated()).isEqualTo(new Proportion(0, 0));
    assertThat(state()).isEqualTo(RemedyState.OBSERVED);
    assertThat(judged().evidence().observed()).isZero();
    assertThat(judged().isApplied()).isFalse();
  }

  @Test
  void operationThatWasNotRunAgain_besideOneThatWas_saysNothing() {
    TraceId one = trace();
    add("1.0", one, "treated", "resolved");
    add("1.0", one, "skipped", "failed");
    add("1.0", one, "observed", "failed");

    assertThat(judged().evidence().treated()).isEqualTo(new Proportion(1, 1));
  }

  /** Otherwise verdicts go to and fro. */
  @Test
  void versionThatCameLater_counts_howeverLongTheOtherStillRuns() {
    attempts(6, "treated", "resolved");
    add("2.0", trace(), "observed", "failed");
    attempts(6, "treated", "resolved");

    assertThat(state()).isEqualTo(RemedyState.OBSERVED);
    assertThat(judged().evidence().observed()).isEqualTo(1);
  }

  /** Where what is looked at begins is chance; it would go to and fro. */
  @Test
  void remedyThatWasShownToHelp_isActive_untilItIsWithdrawn_whateverIsLookedAt() {
    attempts(3, "treated", "resolved");
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);
    remember("active");

    attempts.clear();
    for (int i = 0; i < 20; i++) {
      attempt("treated", "resolved");
      attempts(2, "treated", "failed");
    }
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);
    assertThat(RemedyWords.of(judged()).get(0)).startsWith("Active: it was shown to help, and");

    attempts(15, "treated", "failed");
    assertThat(state()).isEqualTo(RemedyState.WITHDRAWN);
  }

  /** Of what seldom fails fifteen in a row are never looked at together. */
  @Test
  void remedyThatWasShownToHelp_isTriedAnew_whereNothingOfAWeekWasHelped() {
    attempts(3, "treated", "resolved");
    remember("active");
    attempts.clear();
    attempts(10, "treated", "failed");

    assertThat(state()).isEqualTo(RemedyState.TRIAL);
  }

  @Test
  void remedyThatWasShownToHelp_isTriedAnewInAnotherVersion_alsoWhereNothingOfTheOldOneIsLeft() {
    attempts(3, "treated", "resolved");
    remember("active");
    attempts.clear();
    add("2.0", trace(), "observed", "failed");

    assertThat(state()).isEqualTo(RemedyState.OBSERVED);
  }

  @Test
  void deploy_sendsItBack() {
    attempts(6, "treated", "resolved");
    add("2.0", trace(), "observed", "failed");

    assertThat(state()).isEqualTo(RemedyState.OBSERVED);
    assertThat(judged().evidence().treated()).isEqualTo(new Proportion(0, 0));
  }

  @Test
  void episode_isOneRequest_andEndsAsItsWorstOperation_inWhateverOrderAttemptsCome() {
    TraceId one = trace();
    add("1.0", one, "treated", "resolved");
    add("1.0", one, "treated", "failed");
    add("1.0", TraceId.NONE, "treated", "resolved");
    add("1.0", TraceId.NONE, "control", "failed");
    Collections.reverse(attempts);

    assertThat(judged().evidence().treated()).isEqualTo(new Proportion(1, 2));
    assertThat(judged().evidence().control()).isEqualTo(1);
  }

  @Test
  void failures_andPlaces_haveRemediesOfTheirOwn() {
    attempt("observed", "failed");
    attempts.add(stored(row("retry method a.B#d", 7, trace(), "observed", "failed"), "1.0"));
    attempts.add(stored(row(ACTION, 8, trace(), "observed", "failed"), "1.0"));

    assertThat(RemedyJudge.judge(attempts, said, transitions, now))
        .extracting(JudgedRemedy::label)
        .doesNotHaveDuplicates()
        .hasSize(3)
        .allMatch(label -> label.matches("R-[0-9a-f]{12}"));
  }

  @Test
  void olderAnswers_showThatTheFallbackHelps_andResolveNothing() {
    action = "fallback method a.B#c";
    attempts(3, "observed", "failed");
    assertThat(judged().isApplied()).as("somebody has named the method").isTrue();

    // By hand: (0.9 / 0.5)^6 = 34.0, and five are 18.9.
    attempts(5, "treated", "masked");
    assertThat(state()).isEqualTo(RemedyState.TRIAL);
    attempt("treated", "masked");
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);
    assertThat(judged().evidence().helps()).isCloseTo(34.0, within(0.1));
    assertThat(judged().kind()).isEqualTo(RemedyKind.FALLBACK);
    assertThat(judged().evidence().treated()).isEqualTo(new Proportion(0, 6));
    assertThat(judged().evidence().masked()).isEqualTo(6);
    assertThat(RemedyWords.of(judged()))
        .anyMatch(it -> it.startsWith("Active: ") && it.contains("masks nine of ten"))
        .contains(
            "6 of 6 treated episodes were given an older answer in place of the failure: they are"
                + " masked, and none is resolved");
  }

  @Test
  void anotherModel_waitsForAPerson_andMasks() {
    action = "alternative ai api.example:443 large=small";
    attempts(50, "observed", "failed");
    assertThat(judged().waitsForAPerson()).isTrue();
    assertThat(judged().isApplied()).isFalse();
    assertThat(RemedyWords.of(judged()).get(0))
        .contains("a model that was not asked for would answer", "engram remedies approve R-");

    approve();
    attempts(6, "treated", "masked");
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);
    assertThat(judged().evidence().treated()).isEqualTo(new Proportion(0, 6));
    assertThat(RemedyWords.of(judged()))
        .anyMatch(it -> it.startsWith("Active: ") && it.contains("masks nine of ten"))
        .contains(
            "6 of 6 treated episodes were given another model's answer after a failure: they are"
                + " masked, and none is resolved");
  }

  @Test
  void requestWithOneMaskedFailure_isMasked_andWithOneThatStays_failed() {
    TraceId one = trace();
    add("1.0", one, "treated", "resolved");
    add("1.0", one, "treated", "masked");
    TraceId other = trace();
    add("1.0", other, "treated", "masked");
    add("1.0", other, "treated", "failed");

    assertThat(judged().evidence().treated()).isEqualTo(new Proportion(0, 2));
    assertThat(judged().evidence().masked()).isEqualTo(1);
  }

  @Test
  void breaker_waitsForAPerson_howeverOftenItWasSeen() {
    breaker();
    attempts(50, "observed", "failed");
    assertThat(judged().isApplied()).isFalse();
    assertThat(judged().waitsForAPerson()).isTrue();
    assertThat(RemedyWords.of(judged()).get(0)).contains("engram remedies approve R-");

    approve();
    assertThat(judged().isApplied()).isTrue();
    assertThat(judged().waitsForAPerson()).isFalse();
  }

  /** What was not called says nothing of whether it would have answered. */
  @Test
  void breaker_isJudgedByTheCallsThatWereLetThrough() {
    breaker();
    approve();
    attempts(500, "treated", "spared");
    assertThat(state()).isEqualTo(RemedyState.TRIAL);

    attempts(6, "probe", "failed");
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);
    assertThat(judged().evidence().treated())
        .as("each tells of two")
        .isEqualTo(new Proportion(0, 1_000));
    assertThat(judged().evidence().probes()).isEqualTo(new Proportion(6, 6));
    assertThat(RemedyWords.of(judged()))
        .contains("1000 calls failed at once and were not made")
        .anyMatch(it -> it.startsWith("6 of 6 requests that were let through to see failed"));
  }

  /** They are told together when the circuit closes. */
  @Test
  void breaker_callsThatWereNotMade_countBesideTheOneThatWasLetThrough() {
    breaker();
    approve();
    TraceId request = trace();
    add("1.0", request, "treated", "spared");
    add("1.0", request, "probe", "resolved");

    assertThat(judged().evidence().treated()).isEqualTo(new Proportion(0, 2));
    assertThat(judged().evidence().probes()).isEqualTo(new Proportion(0, 1));
  }

  @Test
  void breaker_thatFailsCallsWhichWouldBeAnswered_isWithdrawn() {
    breaker();
    approve();
    for (int i = 0; i < 15; i++) {
      attempts(10, "treated", "spared");
      attempt("probe", "resolved");
    }

    assertThat(state()).isEqualTo(RemedyState.WITHDRAWN);
    assertThat(judged().isApplied()).isFalse();
    now += Course.REST_NANOS;
    attempts(50, "observed", "failed");
    assertThat(judged().isApplied()).as("by what was said before").isFalse();
  }

  @Test
  void largerPool_waitsForAPerson_andIsShownToHelp_byTheTimesThatItWas() {
    pool();
    attempts(50, "observed", "failed");
    assertThat(judged().waitsForAPerson()).isTrue();
    assertThat(judged().isApplied()).isFalse();
    assertThat(RemedyWords.of(judged()).get(0))
        .contains("the database has to bear", "engram remedies approve R-");

    approve();
    assertThat(judged().isApplied()).isTrue();
    attempts(6, "treated", "resolved");
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);
    assertThat(RemedyWords.of(judged()))
        .anyMatch(it -> it.startsWith("6 of 6 times that the pool was made larger"));
  }

  /** By hand: ((1 - 0.5) / (1 - 0.9))^2 = 25. */
  @Test
  void largerPool_thatMakesTheDatabaseSlowerTwice_isWithdrawn_untilAPersonSaysSoAgain() {
    pool();
    approve();
    attempts(100, "treated", "resolved");
    attempt("treated", "failed");
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);

    attempt("treated", "failed");
    assertThat(state()).isEqualTo(RemedyState.WITHDRAWN);
    assertThat(RemedyWords.of(judged()).get(0))
        .contains("25 times likelier if it resolves one of two than if it resolves nine of ten");
    now += Course.REST_NANOS;
    attempts(50, "observed", "failed");
    assertThat(judged().isApplied()).as("by what was said before").isFalse();
  }

  /** Each is two windows that were compared, of which the agent says whether the limit helped. */
  @Test
  void limit_waitsForAPerson_andIsShownToHelp_byTheWindowsThatWereCompared() {
    limit();
    attempts(50, "observed", "failed");
    assertThat(judged().kind()).isEqualTo(RemedyKind.LIMIT);
    assertThat(judged().waitsForAPerson()).isTrue();
    assertThat(RemedyWords.of(judged()).get(0))
        .contains("would wait for one another", "engram remedies approve R-");

    approve();
    assertThat(judged().isApplied()).isTrue();
    windows(5, 200, 3, "resolved");
    assertThat(state()).isEqualTo(RemedyState.TRIAL);
    assertThat(RemedyWords.of(judged()).get(0)).contains("a while with a limit is compared");
    windows(1, 200, 3, "resolved");
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);
    assertThat(judged().evidence())
        .returns(18L, Evidence::refused)
        .returns(1_200L, Evidence::refusedAlone)
        .returns(new Proportion(6, 6), Evidence::treated)
        .returns(6L, Evidence::control);
    assertThat(RemedyWords.of(judged()))
        .anyMatch(it -> it.contains("18 were refused with the limit and 1200 without"))
        .contains("Waiting added 40 ms to a call, on average");
  }

  /** Half of such comparisons go well by chance. */
  @Test
  void limitWithoutAnyEffect_isWithdrawn_andSeldomActiveBefore() {
    Random random = new Random(17);
    int misled = 0;
    for (int remedy = 0; remedy < 500; remedy++) {
      Course course = new Course(RemedyKind.LIMIT, Approvals.NONE, Long.MAX_VALUE);
      boolean active = false;
      for (int pair = 1; pair <= 300 && course.state() != RemedyState.WITHDRAWN; pair++) {
        String result = random.nextBoolean() ? "resolved" : "failed";
        course.take(new Episode(List.of(row("limit http a:80", 0, trace(), "treated", result))));
        active |= course.state() == RemedyState.ACTIVE;
      }
      assertThat(course.state()).isEqualTo(RemedyState.WITHDRAWN);
      misled += active ? 1 : 0;
    }

    assertThat(misled).isLessThan(500 / 20);
  }

  @Test
  void limitThatHelpsNoLonger_isWithdrawn_afterTwoWindows_untilAPersonSaysSoAgain() {
    limit();
    approve();
    windows(100, 200, 3, "resolved");
    windows(1, 200, 190, "failed");
    assertThat(state()).isEqualTo(RemedyState.ACTIVE);
    windows(1, 200, 190, "failed");
    assertThat(state()).isEqualTo(RemedyState.WITHDRAWN);
    assertThat(RemedyWords.of(judged()).get(0))
        .contains("25 times likelier if it helps one of two than if it helps nine of ten");

    now += Course.REST_NANOS;
    attempts(50, "observed", "failed");
    assertThat(judged().isApplied()).as("by what was said before").isFalse();
  }

  @Test
  void overloadThatWasOver_isNoEvidenceOfALimit() {
    limit();
    approve();
    windows(1, 200, 3, "resolved");
    attempts(20, "skipped", "failed");

    assertThat(judged().evidence().treated()).isEqualTo(new Proportion(1, 1));
    assertThat(state()).isEqualTo(RemedyState.TRIAL);
  }

  @Test
  void kindOfANewerAgent_isShown_andNeverApplied() {
    action = "of-tomorrow method a.B#c";
    attempts(50, "observed", "failed");
    approve();

    assertThat(judged().kind()).isEqualTo(RemedyKind.OTHER);
    assertThat(judged().isApplied()).isFalse();
    assertThat(RemedyWords.of(judged()).get(0)).contains("does not know");
  }

  private void breaker() {
    action = "breaker http a:80";
    fingerprint = 0;
  }

  private void limit() {
    action = "limit http a:80";
    fingerprint = 0;
  }

  /** As the agent tells of two windows, which belong to no request. */
  private void windows(int count, int refusedAlone, int refused, String result) {
    for (int i = 0; i < count; i++) {
      window("control", refusedAlone, "failed", 0);
      window("treated", refused, result, TimeUnit.MILLISECONDS.toNanos(40));
    }
  }

  private void window(String arm, int refused, String result, long added) {
    now += SECOND;
    RemedyAttemptRow row =
        new RemedyAttemptRow(
            now, now, TraceId.NONE, 0, action, arm, fingerprint, refused, result, added);
    attempts.add(stored(row, "1.0"));
  }

  private void pool() {
    action = "resize pool shop/orders";
    fingerprint = 0;
  }

  /** What the bound promises of a trial, looked at after each of many episodes. */
  @Test
  void retryThatResolvesOneOfFive_isSeldomActive_andOneThatResolvesHalf_is() {
    assertThat(activeOf500(0.2)).isLessThan(500 / 20);
    assertThat(activeOf500(0.5)).isGreaterThan(490);
  }

  private int activeOf500(double resolves) {
    Random random = new Random(11);
    int active = 0;
    for (int remedy = 0; remedy < 500; remedy++) {
      Course course = new Course(RemedyKind.RETRY, Approvals.NONE, Long.MAX_VALUE);
      for (int i = 0; i < RemedyJudge.LOOKED_AT && course.state() != RemedyState.ACTIVE; i++) {
        String result = random.nextDouble() < resolves ? "resolved" : "failed";
        course.take(new Episode(List.of(row(ACTION, 7, trace(), "treated", result))));
      }
      active += course.state() == RemedyState.ACTIVE ? 1 : 0;
    }
    return active;
  }

  private RemedyState state() {
    return judged().state();
  }

  private JudgedRemedy judged() {
    List<JudgedRemedy> judged = RemedyJudge.judge(attempts, said, transitions, now);
    assertThat(judged).hasSize(1);
    return judged.get(0);
  }

  private void attempts(int count, String arm, String result) {
    for (int i = 0; i < count; i++) {
      attempt(arm, result);
    }
  }

  private void attempt(String arm, String result) {
    add("1.0", trace(), arm, result);
  }

  private TraceId trace() {
    return new TraceId(1, attempts.size() + 1);
  }

  private void add(String version, TraceId trace, String arm, String result) {
    now += SECOND;
    attempts.add(stored(row(action, fingerprint, trace, arm, result), version));
  }

  private RemedyAttemptRow row(
      String action, long fingerprint, TraceId trace, String arm, String result) {
    return new RemedyAttemptRow(now, now, trace, 1, action, arm, fingerprint, 2, result, 5);
  }

  private StoredAttempt stored(RemedyAttemptRow row, String version) {
    return new StoredAttempt(row, "shop", version, attempts.size() + 1);
  }

  private void remember(String state) {
    JudgedRemedy judged = judged();
    Map<String, Object> attributes = Map.of(RemedyTransitions.VERSIONS, judged.versions());
    transitions.put(
        judged.label(),
        new DecisionRow(
            1,
            now,
            1,
            TraceId.NONE,
            0,
            RemedyTransitions.NAME,
            List.of(),
            state,
            Double.NaN,
            "rule",
            List.of(),
            attributes));
  }

  /** As the collector does, when it has seen it. */
  private void withdraw() {
    say("remedy", RemedyLabel.of(action, fingerprint), "withdrawn");
  }

  private void approve() {
    say("remedy", RemedyLabel.of(action, fingerprint), "approve");
  }

  private void say(String subject, String id, String property) {
    now += SECOND;
    said.add(new KnowledgeRow(now, now, subject, id, property, "", "ada"));
  }
}
