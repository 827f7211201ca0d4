package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.attempt;
import static dev.engram.collector.store.testkit.Rows.decision;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.inTrace;
import static dev.engram.collector.store.testkit.Rows.outcome;
import static dev.engram.collector.store.testkit.Rows.part;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static dev.engram.collector.store.testkit.Rows.withPayloads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredFeedback;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever is to be forgotten is, with all that hangs on them and nothing else. */
public abstract class ForgetContract extends StoreContract {
  private static final Subject BOB = new Subject.User(Set.of("bob", "b0b"));
  private static final TraceId OTHER = new TraceId(3, 4);
  private static final byte[] BODY = "a body".getBytes(StandardCharsets.UTF_8);

  @Test
  void user_goesWithTheTraces() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(
        CHECKOUT,
        ofUser(1, "bob", Rows.TRACE),
        span(CHECKOUT, 2),
        exception(CHECKOUT, 3, 2, 7),
        decision(4, 9, "routing", 2),
        attempt(5, "control"),
        ofUser(6, "ann", OTHER));
    write(PAYMENT, span(PAYMENT, 7));
    Removal dry = writer().forget(BOB, false);
    assertThat(reader().spans(ALL_SPANS)).hasSize(4);

    Removal gone = writer().forget(BOB, true);

    assertThat(gone.rows()).isEqualTo(dry.rows());
    assertThat(gone.rows())
        .isEqualTo(Map.of("spans", 3L, "exceptions", 1L, "decisions", 1L, "remedy_attempts", 1L));
    assertThat(reader().spans(ALL_SPANS)).extracting(it -> it.row().spanId()).containsExactly(6L);
    assertThat(reader().exceptions(ALL_EXCEPTIONS)).isEmpty();
    assertThat(reader().exceptionGroups(ALL_EXCEPTIONS)).isEmpty();
    assertThat(reader().removed()).contains(new Removed(Removed.FORGOTTEN, "spans", 3));
    assertThat(writer().forget(BOB, true).rows()).isEmpty();
  }

  @Test
  void pseudonym_isTheSameUser() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, ofUser(1, "b0b", Rows.TRACE), ofUser(2, "bobby", OTHER));

    assertThat(writer().forget(BOB, true).rows()).isEqualTo(Map.of("spans", 1L));
  }

  @Test
  void spanWithoutTrace_goesAlone() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        ofUser(1, "bob", TraceId.NONE),
        inTrace(TraceId.NONE, span(CHECKOUT, 2)),
        span(CHECKOUT, 3));

    assertThat(writer().forget(BOB, true).rows()).isEqualTo(Map.of("spans", 1L));
  }

  @Test
  void payloads_goUnlessOthersShareThem() {
    put(CHECKOUT, "checkout");
    PayloadReference body = new PayloadReference("body", null, 6, false, 0, BODY);
    PayloadReference parts = new PayloadReference("large", null, 6, false, 44, null);
    write(
        CHECKOUT,
        part(1, 44, 0, 1, (byte) 1),
        part(2, 45, 0, 1, (byte) 1),
        withPayloads(ofUser(3, "bob", Rows.TRACE), body, parts),
        withPayloads(ofUser(4, "ann", OTHER), body));

    assertThat(writer().forget(BOB, true).rows())
        .isEqualTo(Map.of("spans", 1L, "payload_parts", 1L));
    assertThat(reader().payload(CHECKOUT, 44)).isEmpty();
    assertThat(reader().payload(CHECKOUT, 45)).hasValue(new byte[] {1});
    assertThat(reader().span(4).orElseThrow().row().payloads().get(0).bytes()).isEqualTo(BODY);
  }

  @Test
  void whatWasSaidOfThem_goes_andTheirNamesWithWhatTheySaid() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        ofUser(1, "bob", Rows.TRACE),
        decision(2, -9, "routing", 1),
        outcome(3, -9, "success"),
        told(4, "trace", Rows.TRACE.hex(), "ann"),
        told(5, "span", String.format("%016x", 1), "ann"),
        told(6, "key", "user_id=bob", "ann"),
        new OutcomeRow(7, 7, "key", "user_id", "bob", "success", 1, "ann", null),
        told(8, "conversation", "c1", "bob"),
        new KnowledgeRow(9, 9, "error", "ab", "assignee", "bob", "ann"),
        new KnowledgeRow(10, 10, "error", "ab", "name", "no box", "b0b"));

    assertThat(writer().forget(BOB, true).rows())
        .isEqualTo(
            Map.of(
                "spans",
                1L,
                "decisions",
                1L,
                "outcomes",
                2L,
                "feedback",
                3L,
                "knowledge",
                1L,
                "authors",
                2L));
    assertThat(reader().feedback(0))
        .extracting(StoredFeedback::row)
        .containsExactly(
            new FeedbackRow(8, Rows.time(8), "conversation", "c1", "good", 1, null, null));
    assertThat(reader().knowledge())
        .containsExactly(new KnowledgeRow(10, 10, "error", "ab", "name", "no box", null));
  }

  @Test
  void trace_goesAlone() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        span(CHECKOUT, 1),
        told(2, "trace", Rows.TRACE.hex(), "ann"),
        inTrace(OTHER, span(CHECKOUT, 3)),
        inTrace(TraceId.NONE, span(CHECKOUT, 4)));

    assertThat(writer().forget(new Subject.Trace(Rows.TRACE), true).rows())
        .isEqualTo(Map.of("spans", 1L, "feedback", 1L));
    assertThat(writer().forget(new Subject.Trace(TraceId.NONE), true).rows()).isEmpty();
    assertThat(reader().spans(ALL_SPANS)).hasSize(2);
  }

  @Test
  void conversation_goesWithItsTraces() {
    put(CHECKOUT, "checkout");
    Map<String, Object> attributes = Map.of("gen_ai.conversation.id", "c1");
    write(
        CHECKOUT,
        span(CHECKOUT, 1, 1, false, 5, attributes),
        span(CHECKOUT, 2),
        inTrace(OTHER, span(CHECKOUT, 3)),
        told(4, "conversation", "c1", "ann"),
        told(5, "conversation", "c2", "ann"));

    assertThat(writer().forget(new Subject.Conversation("c1"), true).rows())
        .isEqualTo(Map.of("spans", 2L, "feedback", 1L));
  }

  @Test
  void requestThatHasNotEnded_isBare_andItsBooksHold() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        new BegunRow(
            1,
            Rows.TRACE,
            10,
            0,
            "SERVER",
            "http",
            "GET /cart",
            Rows.time(1),
            Map.of("user.id", "bob")));

    assertThat(writer().forget(BOB, true).rows()).isEmpty();
    assertThat(reader().inProgress(ALL_SPANS).get(0).row().attributes()).isEmpty();
    assertThat(write(CHECKOUT, Rows.ended(2, 10)).joined()).isEqualTo(1);
    assertThat(reader().span(10).orElseThrow().row().attributes()).isEmpty();
    assertThat(books(CHECKOUT).pending()).isZero();
  }

  @Test
  void everythingBeforeATime_goes_withWhatIsLeftOfOthers() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    long day = TimeUnit.DAYS.toMicros(1);
    PayloadReference parts = new PayloadReference("large", null, 6, false, 44, null);
    write(PAYMENT, span(PAYMENT, 1), exception(PAYMENT, 2, 1, 7), exception(PAYMENT, 3, 1, 8));
    write(PAYMENT, new LifecycleRow(4, 4, "start", Map.of()));
    writer().removeOlder(new Cutoff(Rows.time(day), Rows.time(day), 0));
    write(PAYMENT, exception(PAYMENT, 3 * day, 1, 8));
    writer().closeInstance(PAYMENT, 5);
    write(
        CHECKOUT,
        new LifecycleRow(1, 1, "start", Map.of()),
        new BegunRow(
            2, Rows.TRACE, 10, 0, "SERVER", "http", "GET", Rows.time(2), Map.of("user.id", "b")),
        part(day, 44, 0, 1, (byte) 1),
        withPayloads(span(CHECKOUT, day + 1), parts),
        decision(day + 2, -9, "routing", 1),
        new KnowledgeRow(day + 3, Rows.time(day), "error", "ab", "name", "n", "ann"),
        new FeedbackRow(day + 4, Rows.time(day), "remedy", "retry", "approved", 1, "ann", null),
        outcome(3 * day + 1, -9, "success"),
        span(CHECKOUT, 3 * day + 2));
    Subject before = new Subject.Before(Rows.time(2 * day));
    Map<String, Long> dry = writer().forget(before, false).rows();
    assertThat(reader().spans(ALL_SPANS)).hasSize(2);

    assertThat(dry)
        .isEqualTo(
            Map.of(
                "spans", 1L,
                "payload_parts", 1L,
                "decisions", 1L,
                "knowledge", 1L,
                "feedback", 1L,
                "lifecycle", 1L,
                "request_rollups", 1L,
                "exception_rollups", 2L));
    assertThat(writer().forget(before, true).rows()).isEqualTo(dry);
    assertThat(reader().removed()).contains(new Removed(Removed.FORGOTTEN, "spans", 1));
    assertThat(reader().spans(ALL_SPANS)).hasSize(1);
    assertThat(reader().outcomes(0)).hasSize(1);
    assertThat(reader().knowledge()).isEmpty();
    assertThat(reader().requestRollups(0, 0, null)).isEmpty();
    assertThat(reader().lifecycle(CHECKOUT)).hasSize(1);
    assertThat(reader().inProgress(ALL_SPANS).get(0).row().attributes()).isEmpty();
    assertThat(reader().exceptionGroups(ALL_EXCEPTIONS))
        .extracting(ExceptionGroup::fingerprint, ExceptionGroup::count)
        .containsExactly(tuple(8L, 1L));
    assertThat(writer().forget(before, true).rows()).isEmpty();
    writer().compact();
    assertThat(reader().spans(ALL_SPANS)).hasSize(1);
  }

  @Test
  void forgottenUser_mayComeAgain() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, ofUser(1, "bob", Rows.TRACE));
    writer().forget(BOB, true);
    writer().compact();
    SpanRow again = ofUser(2, "bob", Rows.TRACE);
    write(CHECKOUT, again);

    assertThat(reader().spans(ALL_SPANS)).extracting(it -> it.row()).containsExactly(again);
  }

  /** A service sends the frames of a stack once, and then its hash alone. */
  @Test
  void framesOfAServiceThatRuns_stayForExceptionsThatFollow() {
    put(CHECKOUT, "checkout");
    String frame = "a.B.c(B.java:1)";
    write(CHECKOUT, exception(CHECKOUT, 1, 0, 7, thrown("T", 5, frame)));
    writer().forget(new Subject.Before(Rows.time(2)), true);
    writer().compact();
    assertThat(reader().exceptions(ALL_EXCEPTIONS)).isEmpty();

    write(CHECKOUT, exception(CHECKOUT, 3, 0, 7, thrown("T", 5)));

    assertThat(reader().exceptions(ALL_EXCEPTIONS).get(0).row().stack().frames())
        .containsExactly(frame);
  }

  private static SpanRow ofUser(long position, String user, TraceId trace) {
    return inTrace(
        trace, span(CHECKOUT, position, position, false, 500, Map.of("user.id", user, "own", "x")));
  }

  private static FeedbackRow told(long position, String target, String id, String author) {
    return new FeedbackRow(
        position, Rows.time(position), target, id, "good", 1, author, "says " + author);
  }
}
