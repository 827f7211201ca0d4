package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlternativeQuestionTest {
  private static final AtomicInteger HOSTS = new AtomicInteger();
  private static final byte[] BODY = "{\"model\":\"large\"}".getBytes(StandardCharsets.UTF_8);

  private final MemorySink sink = new MemorySink();

  /** Budgets are those of the JVM. */
  private final String host = "host" + HOSTS.incrementAndGet();

  private final String action = "alternative ai " + host + ":80 large=small";
  private final List<Integer> closed = new ArrayList<>();
  private OpenSpan request;

  @BeforeEach
  void begin() {
    CaptureFixture.start(sink);
    Healing.start(className -> true, HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
    AlternativeModels.use(Map.of("large", "small"));
    open();
  }

  @AfterEach
  void end() {
    close();
    AlternativeModels.use(Map.of());
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    Capture.stop();
  }

  @Test
  void refusal_isObserved_asLongAsNobodyHasApproved() {
    assertThat(refused(503)).isNull();
    assertThat(attempt())
        .returns(action, RemedyAttemptRecord::remedyId)
        .returns("observed", RemedyAttemptRecord::arm)
        .returns(0L, RemedyAttemptRecord::fingerprint);
  }

  @Test
  void answerOfTheOtherModel_standsIn_andIsMasked() {
    apply(Remedy.State.ACTIVE, 1);
    AlternativeQuestion other = Objects.requireNonNull(refused(429));

    assertThat(new String(other.body(), StandardCharsets.UTF_8)).isEqualTo("{\"model\":\"small\"}");
    assertThat(ask(other, 200)).isEqualTo(200);
    assertThat(closed).isEmpty();
    assertThat(attempt())
        .returns("treated", RemedyAttemptRecord::arm)
        .returns("masked", RemedyAttemptRecord::result)
        .returns(2, RemedyAttemptRecord::tries);
  }

  @Test
  void otherModelThatRefusesToo_orCannotBeAsked_leavesTheFirstAnswer() {
    apply(Remedy.State.ACTIVE, 1);

    assertThat(ask(Objects.requireNonNull(refused(503)), 503)).isNull();
    assertThat(closed).containsExactly(503);
    assertThat(attempt())
        .returns("treated", RemedyAttemptRecord::arm)
        .returns("failed", RemedyAttemptRecord::result);
    assertThat(refused(503)).as("in the same request it was asked in vain").isNull();
  }

  /** Far more often than the budget would pay for. */
  @Test
  void questionThatNobodyWaitsFor_isSkipped_andCostsNothing() {
    apply(Remedy.State.ACTIVE, 1);
    for (int i = 0; i < 200; i++) {
      Object none =
          Objects.requireNonNull(refused(503))
              .ask(
                  () -> {
                    throw new IllegalStateException("cancelled");
                  },
                  Integer.class::cast,
                  it -> {},
                  () -> true);
      assertThat(none).isNull();
    }

    assertThat(sink.all(RemedyAttemptRecord.class))
        .hasSize(200)
        .allMatch(it -> it.arm().equals("skipped"));
  }

  @Test
  void threadThatIsInterrupted_isStillToEnd_andTheQuestionIsSkipped() {
    apply(Remedy.State.ACTIVE, 1);

    Object none =
        Objects.requireNonNull(refused(529))
            .ask(
                () -> {
                  throw new InterruptedException();
                },
                Integer.class::cast,
                it -> {});
    assertThat(none).isNull();
    assertThat(Thread.interrupted()).as("the thread is still to end").isTrue();
    assertThat(attempt().arm()).isEqualTo("skipped");
  }

  @Test
  void errorOfTheSecondCall_leavesTheFirstAnswer() {
    apply(Remedy.State.ACTIVE, 1);

    Object none =
        Objects.requireNonNull(refused(503))
            .ask(
                () -> {
                  throw new NoSuchMethodError("in another version");
                },
                Integer.class::cast,
                it -> {});

    assertThat(none).isNull();
    assertThat(attempt().result()).isEqualTo("failed");
  }

  @Test
  void requestThatIsDrawnToBeLeftAlone_isControl() {
    apply(Remedy.State.TRIAL, 0);

    assertThat(refused(503)).isNull();
    assertThat(attempt().arm()).isEqualTo("control");
  }

  /** 500 tokens: each that fails costs ten, each that answers nothing. */
  @Test
  void othersThatFail_useUpTheBudget_andAnswersOfTheModelItselfFillIt() {
    apply(Remedy.State.ACTIVE, 1);
    for (int i = 0; i < 200; i++) {
      assertThat(ask(Objects.requireNonNull(refused(503)), 200)).isEqualTo(200);
      nextRequest();
    }
    for (int i = 0; i < 50; i++) {
      assertThat(ask(Objects.requireNonNull(refused(503)), 503)).isNull();
      nextRequest();
    }
    sink.accepted.clear();

    assertThat(refused(503)).isNull();
    assertThat(attempt().arm()).isEqualTo("skipped");
    for (int i = 0; i < 5; i++) {
      assertThat(refused(200)).as("nothing to do").isNull();
    }
    assertThat(refused(503)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 500, 502, 504})
  void otherAnswers_areNoOverload(int status) {
    assertThat(AlternativeQuestion.isFor("POST", status)).isFalse();
  }

  @Test
  void whatIsAskedInPlaceOfAnother_isNotReplacedOnceMore_norRepeated_norFailedAtOnce() {
    apply(Remedy.State.ACTIVE, 1);
    AlternativeQuestion other = Objects.requireNonNull(refused(503));

    other.ask(
        () -> {
          assertThat(Objects.requireNonNull(CallRuns.current()).isRepeating()).isTrue();
          assertThat(AlternativeQuestion.isFor("POST", 503)).isFalse();
          assertThat(GuardedCall.begin("POST", host, 80, false, "/v1/messages")).isNull();
          assertThat(
                  RepeatableCall.begin(
                      getClass(), "POST", host, "/v1/messages", this::asked, false))
              .isNull();
          return 200;
        },
        it -> it,
        closed::add);
    assertThat(CallRuns.current()).isNull();
  }

  @Test
  void bodyThatCannotBeHad_orNamesAnotherModel_isLeftAlone() {
    apply(Remedy.State.ACTIVE, 1);

    assertThat(AlternativeQuestion.of(getClass(), asked(), 503, () -> null)).isNull();
    byte[] other = "{\"model\":\"medium\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(AlternativeQuestion.of(getClass(), asked(), 503, () -> other)).isNull();
    assertThat(sink.all(RemedyAttemptRecord.class)).isEmpty();
  }

  private @Nullable AlternativeQuestion refused(int status) {
    return AlternativeQuestion.isFor("POST", status)
        ? AlternativeQuestion.of(getClass(), asked(), status, () -> BODY)
        : null;
  }

  private @Nullable Integer ask(AlternativeQuestion other, int status) {
    return other.ask(() -> status, it -> it, closed::add);
  }

  private ClientRequest asked() {
    return ClientRequest.of("POST", URI.create("http://" + host + "/v1/messages"));
  }

  private void apply(Remedy.State state, double share) {
    Remedy remedy = new Remedy("R-000000000001", action, 0, state, share);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }

  private RemedyAttemptRecord attempt() {
    return sink.only(RemedyAttemptRecord.class);
  }

  private void open() {
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
  }

  private void close() {
    request.leave();
    request.end();
  }

  private void nextRequest() {
    close();
    open();
  }
}
