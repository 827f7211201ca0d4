package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.attempt;
import static dev.engram.collector.store.testkit.Rows.begun;
import static dev.engram.collector.store.testkit.Rows.decision;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.outcome;
import static dev.engram.collector.store.testkit.Rows.part;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static dev.engram.collector.store.testkit.Rows.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.EscapedException;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Health;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.StoredAttempt;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredFeedback;
import dev.engram.collector.store.StoredOutcome;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What readers answer, but of spans: order, filters, limits, joins. */
public abstract class ReaderContract extends StoreContract {
  @Test
  void everyQuestion_toAnEmptyStore_findsNothing() {
    assertThat(store.check()).isEqualTo(new Health.Ok());
    assertThat(reader().instances()).isEmpty();
    assertThat(reader().spans(ALL_SPANS)).isEmpty();
    assertThat(reader().span(1)).isEmpty();
    assertThat(reader().inProgress(ALL_SPANS)).isEmpty();
    assertThat(reader().spanIds("0")).isEmpty();
    assertThat(reader().traceIds("0")).isEmpty();
    assertThat(reader().trace(Rows.TRACE)).isEmpty();
    assertThat(reader().exceptions(ALL_EXCEPTIONS)).isEmpty();
    assertThat(reader().exceptionGroups(ALL_EXCEPTIONS)).isEmpty();
    assertThat(latest(ALL_EXCEPTIONS)).isEmpty();
    assertThat(reader().fingerprints("0")).isEmpty();
    assertThat(reader().statements(ALL_STATEMENTS)).isEmpty();
    assertThat(reader().repeatedStatements(ALL_STATEMENTS, 1)).isEmpty();
    assertThat(reader().payload(CHECKOUT, 1)).isEmpty();
    assertThat(reader().frames(CHECKOUT, 1)).isEmpty();
    assertThat(reader().metrics(ALL_METRICS)).isEmpty();
    assertThat(reader().throwCounts(ALL_THROW_COUNTS)).isEmpty();
    assertThat(reader().decisions(ALL_DECISIONS)).isEmpty();
    assertThat(reader().outcomes(0)).isEmpty();
    assertThat(reader().feedback(0)).isEmpty();
    assertThat(reader().remedyAttempts(0, 1, 1)).isEmpty();
    assertThat(reader().knowledge()).isEmpty();
    assertThat(reader().lifecycle(CHECKOUT)).isEmpty();
    assertThat(reader().accounting()).isEmpty();
  }

  @Test
  void instances_comeLatestStartFirst() {
    Instance early = new Instance(CHECKOUT, "checkout", "1", 10, 0, Map.of("pid", 7L));
    Instance late = new Instance(PAYMENT, "payment", "2", 20, 30, Map.of());
    writer().putInstance(early);
    writer().putInstance(late);

    assertThat(reader().instances()).containsExactly(late, early);
  }

  @Test
  void decisions_areFilteredByEachTerm_latestFirst() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(CHECKOUT, decision(1, 0x11, "route", 5), decision(2, 0x12, "route", 5));
    write(PAYMENT, decision(3, 0x23, "approve", 6));

    assertThat(reader().decisions(ALL_DECISIONS))
        .extracting(it -> it.row().decisionId())
        .containsExactly(0x23L, 0x12L, 0x11L);
    assertThat(reader().decisions(new DecisionFilter(0, 0, null, null, 0x12, 0)))
        .containsExactly(
            new StoredDecision(CHECKOUT, decision(2, 0x12, "route", 5), "checkout", 2));
    assertThat(reader().decisions(new DecisionFilter(time(2), time(3), null, null, 0, 0)))
        .extracting(it -> it.row().decisionId())
        .containsExactly(0x12L);
    assertThat(reader().decisions(new DecisionFilter(0, 0, null, "route", 0, 1)))
        .extracting(it -> it.row().decisionId())
        .containsExactly(0x12L);
    assertThat(reader().decisions(new DecisionFilter(0, 0, "payment", null, 0, 0))).hasSize(1);
    assertThat(reader().decisionIds("000000000000001")).containsExactly(0x11L, 0x12L);
  }

  @Test
  void whatWasTold_comesEarliestFirst_fromATimeOn() {
    put(CHECKOUT, "checkout");
    FeedbackRow feedback =
        new FeedbackRow(3, time(3), "trace", "t", "helpful", 0.5, "ada", "quick");
    OutcomeRow full =
        new OutcomeRow(4, time(4), "key", "order_id", "7", "partial", 2.5, "ada", "half");
    write(CHECKOUT, outcome(1, 0x11, "failure"), outcome(2, 0x11, "success"), feedback, full);

    assertThat(reader().outcomes(0))
        .extracting(StoredOutcome::row)
        .containsExactly(outcome(1, 0x11, "failure"), outcome(2, 0x11, "success"), full);
    assertThat(reader().outcomes(time(2))).hasSize(2);
    assertThat(reader().feedback(0)).containsExactly(new StoredFeedback(feedback, "checkout", 3));
    assertThat(reader().feedback(time(4))).isEmpty();
  }

  @Test
  void remedyAttempts_comeLatestArrivalFirst_fromATimeOn_withTheVersionThatMadeThem() {
    writer().putInstance(new Instance(CHECKOUT, "checkout", "1.2", 10, 0, Map.of()));
    write(CHECKOUT, attempt(1, "observed"), attempt(2, "treated"));
    write(CHECKOUT, attempt(3, "control"));

    assertThat(reader().remedyAttempts(time(2), 10, 10))
        .containsExactly(
            new StoredAttempt(attempt(3, "control"), "checkout", "1.2", 3),
            new StoredAttempt(attempt(2, "treated"), "checkout", "1.2", 2));
    assertThat(reader().remedyAttempts(0, 10, 1)).hasSize(1);
  }

  @Test
  void remedyAttempts_areTheLatestOfEachArm_soThatTheManyDoNotPushOutTheFew() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, attempt(1, "treated"), attempt(2, "observed"), attempt(3, "observed"));
    write(CHECKOUT, attempt(4, "observed"), attempt(5, "control"));

    assertThat(reader().remedyAttempts(0, 1, 10))
        .extracting(StoredAttempt::arrival)
        .containsExactly(5L, 4L, 1L);
    assertThat(reader().remedyAttempts(0, 2, 4))
        .extracting(StoredAttempt::arrival)
        .containsExactly(5L, 4L, 3L);
  }

  @Test
  void whatPeopleSaid_comesEarliestFirst_allOfIt() {
    put(CHECKOUT, "checkout");
    KnowledgeRow late =
        new KnowledgeRow(1, time(9), "error", "00000000000000ab", "name", "full disk", "ada");
    KnowledgeRow early =
        new KnowledgeRow(2, time(2), "solution", "S-1", "remedy", "more\u0000 disk\ud800", null);
    KnowledgeRow same =
        new KnowledgeRow(3, time(9), "error", "00000000000000ab", "ignored", "", "");
    write(CHECKOUT, late, early, same);
    write(CHECKOUT, late, early, same);

    assertThat(reader().knowledge()).containsExactly(early, late, same);
  }

  @Test
  void exceptions_comeLatestFirst_byFingerprintAndTrace() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        exception(CHECKOUT, 1, 0, 5),
        exception(CHECKOUT, 2, 0, 6),
        exception(CHECKOUT, 3, 0, 5));

    assertThat(reader().exceptions(ALL_EXCEPTIONS))
        .extracting(found -> found.row().position())
        .containsExactly(3L, 2L, 1L);
    assertThat(reader().exceptions(new ExceptionFilter(0, 0, null, 5, null, 1)))
        .extracting(found -> found.row().position())
        .containsExactly(3L);
    assertThat(reader().exceptions(new ExceptionFilter(0, 0, null, 0, Rows.TRACE, 0))).hasSize(3);
    assertThat(reader().exceptions(new ExceptionFilter(0, 0, null, 0, new TraceId(1, 1), 0)))
        .isEmpty();
  }

  @Test
  void escapedExceptions_areThoseOfTheTraces_asTheyArrived() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, exception(CHECKOUT, 1, 9, 5), exception(CHECKOUT, 2, 8, 6));

    assertThat(reader().escaped(List.of(Rows.TRACE, new TraceId(1, 1))))
        .isEqualTo(
            Map.of(
                Rows.TRACE,
                List.of(
                    new EscapedException(CHECKOUT, 9, time(1)),
                    new EscapedException(CHECKOUT, 8, time(2)))));
  }

  @Test
  void exceptions_whoseFramesWereSentBefore_areResolved() {
    put(CHECKOUT, "checkout");
    ThrownStack cause = thrown("Cause", 71, "a.B.c(B.java:1)", "a.B.d(B.java:2)");
    ThrownStack first =
        new ThrownStack("Outer", null, 70, List.of("x.Y.z(Y.java:3)"), 2, cause, List.of());
    ThrownStack again =
        new ThrownStack("Outer", null, 70, List.of(), 2, thrown("Cause", 71), List.of());
    write(CHECKOUT, exception(CHECKOUT, 1, 0, 5, first));
    write(CHECKOUT, exception(CHECKOUT, 2, 0, 5, again));

    StoredException found = reader().exceptions(ALL_EXCEPTIONS).get(0);
    assertThat(found.row().position()).isEqualTo(2);
    assertThat(found.row().stack()).isEqualTo(first);
    assertThat(reader().frames(CHECKOUT, 71)).contains(cause.frames());
    assertThat(reader().frames(PAYMENT, 71)).isEmpty();
  }

  @Test
  void exceptionGroups_sumUpByFingerprint() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "billing");
    write(CHECKOUT, exception(CHECKOUT, 1, 0, 5), exception(CHECKOUT, 2, 0, 6));
    write(PAYMENT, exception(PAYMENT, 4, 0, 5, thrown("Late", 0)));

    assertThat(reader().exceptionGroups(ALL_EXCEPTIONS))
        .containsExactly(
            new ExceptionGroup(
                5, "Late", "at Late", 2, time(1), time(4), List.of("billing", "checkout")),
            new ExceptionGroup(
                6,
                "java.io.IOException",
                "at java.io.IOException",
                1,
                time(2),
                time(2),
                List.of("checkout")));
    assertThat(reader().exceptionGroups(new ExceptionFilter(time(3), 0, null, 0, null, 0)))
        .extracting(ExceptionGroup::count)
        .containsExactly(1L);
  }

  @Test
  void exceptionGroups_areThoseOfTheFingerprintAlone_thatIsAskedFor() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, exception(CHECKOUT, 1, 0, 5), exception(CHECKOUT, 2, 0, 6));

    assertThat(reader().exceptionGroups(ALL_EXCEPTIONS.of(6)))
        .extracting(ExceptionGroup::fingerprint)
        .containsExactly(6L);
    assertThat(reader().exceptionGroups(ALL_EXCEPTIONS.of(7))).isEmpty();
  }

  @Test
  void latestOfEachFingerprint_isTheLatestThatTheFilterTakes_withItsFrames() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    ThrownStack first = thrown("E", 70, "x.Y.z(Y.java:3)");
    write(CHECKOUT, exception(CHECKOUT, 1, 0, -5, first), exception(CHECKOUT, 2, 0, 6));
    write(CHECKOUT, exception(CHECKOUT, 3, 0, -5, thrown("E", 70)));
    write(PAYMENT, exception(PAYMENT, 4, 0, 6, thrown("Late", 0)));

    assertThat(latest(ALL_EXCEPTIONS))
        .extracting(found -> found.row().position())
        .containsExactly(3L, 4L);
    assertThat(latest(ALL_EXCEPTIONS).get(0).row().stack()).isEqualTo(first);
    assertThat(latest(new ExceptionFilter(0, time(3), "checkout", 0, null, 1)))
        .extracting(found -> found.row().position())
        .containsExactly(1L, 2L);
    assertThat(latest(ALL_EXCEPTIONS.of(6))).hasSize(1);
  }

  private List<StoredException> latest(ExceptionFilter filter) {
    List<StoredException> latest = new ArrayList<>();
    reader().visitLatest(filter, latest::add);
    return latest;
  }

  @Test
  void prefixes_findIds() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        exception(CHECKOUT, 1, 0, 0x1f0c_9a77_b3d2_0001L),
        exception(CHECKOUT, 2, 0, 0xff0c_9a77_b3d2_0001L),
        span(CHECKOUT, 3, 0xabcd_0000_0000_0001L, false),
        begun(4, 0xabcd_0000_0000_0002L));

    assertThat(reader().fingerprints("1f")).containsExactly(0x1f0c_9a77_b3d2_0001L);
    assertThat(reader().fingerprints("ff0c9a77b3d2")).containsExactly(0xff0c_9a77_b3d2_0001L);
    assertThat(reader().spanIds("abcd"))
        .containsExactly(0xabcd_0000_0000_0001L, 0xabcd_0000_0000_0002L);
    assertThat(reader().spanIds("abcd000000000002")).containsExactly(0xabcd_0000_0000_0002L);
    assertThat(reader().traceIds("0123456789abcdef8e")).containsExactly(Rows.TRACE);
    assertThat(reader().traceIds("8e")).isEmpty();
    assertThat(reader().spanIds("xyz' OR 1=1")).isEmpty();
  }

  @Test
  void payload_isThereWhenAllPartsAre() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, part(1, 9, 2, 3, (byte) 5, (byte) 6), part(2, 9, 0, 3, (byte) 1));
    assertThat(reader().payload(CHECKOUT, 9)).isEmpty();

    write(CHECKOUT, part(3, 9, 1, 3), part(4, 9, 1, 3, (byte) 99));
    assertThat(reader().payload(CHECKOUT, 9)).hasValue(new byte[] {1, 5, 6});
    assertThat(reader().payload(PAYMENT, 9)).isEmpty();
  }

  @Test
  void lifecycle_comesByPosition() {
    put(CHECKOUT, "checkout");
    LifecycleRow start = new LifecycleRow(1, 50, "start", Map.of("pid", 7L));
    LifecycleRow stop = new LifecycleRow(2, 40, "stop", Map.of());
    write(CHECKOUT, start, stop);

    assertThat(reader().lifecycle(CHECKOUT)).containsExactly(start, stop);
  }
}
