package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a call is told on another thread than the test's, which makes it. */
class LaterCallTest {
  private static final ClientRequest REQUEST =
      new ClientRequest("GET", "https://api.example/prices", "api.example", -1);

  private static final int BASE_MILLIS = 10_000;

  private final MemorySink sink = new MemorySink();
  private @Nullable OpenSpan request;

  @BeforeEach
  void begin() {
    CaptureFixture.start(sink);
    Healing.start(className -> className.startsWith("dev.engram."), HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
    apply(BASE_MILLIS);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
  }

  @AfterEach
  void end() {
    if (request != null) {
      request.leave();
      request.end();
    }
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    Capture.stop();
  }

  @Test
  void refusedCall_isMadeAgainLater_withoutAWait_inTheSpanOfItsCaller() {
    LaterCall call = call();
    long began = System.nanoTime();

    long millis = elsewhere(() -> call.answered(503, null));

    assertThat(millis).isBetween(5_000L, 10_000L);
    assertThat(System.nanoTime() - began).isLessThan(TimeUnit.MILLISECONDS.toNanos(millis));
    OpenSpan attempt =
        elsewhere(
            () -> call.again(() -> Objects.requireNonNull(new ClientCall().attempt(REQUEST))));
    assertThat(attempt).isNotNull();
    assertThat(attempt.isOfSameRequestAs(Objects.requireNonNull(request))).isTrue();
    assertThat(attempt.has(AttributeKey.HTTP_REQUEST_RESEND_COUNT)).isFalse();
    attempt.end();
    elsewhere(() -> call.answered(200, null));
    assertThat(sink.only(RemedyAttemptRecord.class))
        .returns("treated", RemedyAttemptRecord::arm)
        .returns("resolved", RemedyAttemptRecord::result)
        .returns(2, RemedyAttemptRecord::tries)
        .returns(TimeUnit.MILLISECONDS.toNanos(millis), RemedyAttemptRecord::addedNanos);
  }

  @Test
  void whatIsMadeAgain_isNoCallOfItsOwn() {
    LaterCall call = call();
    elsewhere(() -> call.answered(503, null));

    LaterCall inner = elsewhere(() -> call.again(() -> begin("/prices")));

    assertThat(inner).isNull();
    assertThat(elsewhere(() -> begin("/prices"))).as("outside of a request").isNull();
    assertThat(call()).as("the caller's next").isNotNull();
  }

  @Test
  void whatIsNoLongerWanted_isNotMadeAgain() {
    LaterCall call = call();
    assertThat(elsewhere(() -> call.answered(503, null))).isPositive();
    Healing.level(HealLevel.OBSERVE);
    assertThat(elsewhere(() -> call.again(() -> "sent"))).isNull();

    Healing.level(HealLevel.AUTO);
    assertThat(elsewhere(() -> call.again(() -> "sent"))).isEqualTo("sent");
  }

  @Test
  void callerThatHoldsAMonitor_isNotKeptWaiting() {
    LaterCall call = call();
    synchronized (this) {
      assertThat(elsewhere(() -> call.answered(503, null))).isEqualTo(LaterCall.NEVER);
    }
    assertThat(sink.only(RemedyAttemptRecord.class).arm()).isEqualTo("skipped");
  }

  @Test
  void callInATransaction_orWhereNothingIsTried_isOnlyTold() {
    Objects.requireNonNull(request).transactions(1);
    assertThat(call().isRepeatable()).isFalse();
    Objects.requireNonNull(request).transactions(-1);

    Healing.level(HealLevel.OBSERVE);
    LaterCall call = call();
    assertThat(call.isRepeatable()).isFalse();
    assertThat(elsewhere(() -> call.answered(503, null))).isEqualTo(LaterCall.NEVER);
    assertThat(sink.only(RemedyAttemptRecord.class).arm()).isEqualTo("observed");
  }

  @Test
  void failureOfARequestThatIsOver_isNobodysAnyMore() {
    LaterCall call = call();
    OpenSpan over = Objects.requireNonNull(request);
    over.leave();
    over.end();
    request = null;

    assertThat(elsewhere(() -> call.answered(503, null))).isEqualTo(LaterCall.NEVER);
    assertThat(sink.all(RemedyAttemptRecord.class)).isEmpty();
  }

  private static LaterCall call() {
    LaterCall call = Objects.requireNonNull(begin("/prices"));
    call.isMade();
    return call;
  }

  private static @Nullable LaterCall begin(String path) {
    return LaterCall.begin(LaterCallTest.class, "GET", "api.example", path, () -> REQUEST);
  }

  private static <T> T elsewhere(Supplier<T> told) {
    return CompletableFuture.supplyAsync(told).join();
  }

  private static void apply(int baseMillis) {
    Remedy remedy =
        new Remedy(
            "R-000000000003",
            Remedy.retry("http api.example:443"),
            503,
            Remedy.State.ACTIVE,
            1,
            3,
            baseMillis,
            baseMillis);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }
}
