package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedCallTest {
  private static final AtomicInteger HOSTS = new AtomicInteger();
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final MemorySink sink = new MemorySink();

  /** Circuits are those of the JVM. */
  private final String host = "host" + HOSTS.incrementAndGet();

  private final Circuit circuit =
      Objects.requireNonNull(GuardedCall.circuit("http " + host + ":80"));
  private @Nullable OpenSpan request;

  @BeforeEach
  void begin() {
    CaptureFixture.start(sink);
    Healing.start(className -> true, HealLevel.AUTO);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
  }

  @AfterEach
  void end() {
    leaveRequest();
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    Capture.stop();
  }

  @Test
  void openCircuit_withoutARemedy_changesNothing_andIsToldOnce() {
    almostOpen();
    answered(503);
    answered(503);

    assertThat(circuit.isOpen()).isTrue();
    assertThat(call()).isInstanceOf(GuardedCall.class);
    assertThat(attempt())
        .returns("breaker http " + host + ":80", RemedyAttemptRecord::remedyId)
        .returns("observed", RemedyAttemptRecord::arm)
        .returns(0L, RemedyAttemptRecord::fingerprint);
  }

  @Test
  void openCircuit_failsCallsAtOnce_andNothingIsBegunAgainForThem() {
    apply(Remedy.State.ACTIVE, 1);
    open();
    Object begun = call();

    assertThat(begun).isInstanceOf(ConnectException.class);
    Throwable thrown = GuardedCall.ended(Objects.requireNonNull(begun), 0, null);
    assertThat(thrown).isSameAs(begun).hasMessageStartingWith("not called, because");
    assertThat(attempt())
        .returns("treated", RemedyAttemptRecord::arm)
        .returns("spared", RemedyAttemptRecord::result)
        .returns(0, RemedyAttemptRecord::tries);
    sink.accepted.clear();
    String place = "method a.B#c";
    assertThat(Healing.failed(null, () -> place, GuardedCallTest.class, (Throwable) begun))
        .isFalse();
    assertThat(sink.accepted).as("an inner place has dealt with it").isEmpty();
  }

  @Test
  void oneCallInAWhile_isMadeToSee_andItsAnswerClosesIt() {
    apply(Remedy.State.ACTIVE, 1);
    openForLong();
    Object probe = call();
    assertThat(probe).isInstanceOf(GuardedCall.class);
    assertThat(call()).isInstanceOf(IOException.class);
    sink.accepted.clear();

    GuardedCall.ended(Objects.requireNonNull(probe), 404, null);
    assertThat(attempt())
        .returns("probe", RemedyAttemptRecord::arm)
        .returns("resolved", RemedyAttemptRecord::result);
    assertThat(circuit.isOpen()).isFalse();
    assertThat(call()).isInstanceOf(GuardedCall.class);
  }

  @Test
  void callThatSees_andFails_isToldSo_andTheOthersAreNotMade() {
    apply(Remedy.State.ACTIVE, 1);
    openForLong();
    GuardedCall.ended(
        Objects.requireNonNull(call()), 0, new SocketTimeoutException("Read timed out"));

    assertThat(attempt())
        .returns("probe", RemedyAttemptRecord::arm)
        .returns("failed", RemedyAttemptRecord::result);
    assertThat(call()).isInstanceOf(IOException.class);
  }

  /** What would be harm shows itself at once. */
  @Test
  void requestThatIsLeftAlone_andAnswered_closesItForAll_andIsEvidenceAgainstIt() {
    apply(Remedy.State.TRIAL, 0);
    open();
    Object alone = call();
    assertThat(alone).isInstanceOf(GuardedCall.class);
    GuardedCall.ended(Objects.requireNonNull(alone), 503, null);
    assertThat(attempt().arm()).isEqualTo("control");
    sink.accepted.clear();

    answered(200);
    assertThat(attempt())
        .returns("probe", RemedyAttemptRecord::arm)
        .returns("resolved", RemedyAttemptRecord::result);
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void outsideOfARequest_atObserve_andWhenTheRemedyIsGone_callsAreMade() {
    apply(Remedy.State.ACTIVE, 1);
    open();
    Healing.level(HealLevel.OBSERVE);
    assertThat(call()).isInstanceOf(GuardedCall.class);
    Healing.level(HealLevel.OFF);
    assertThat(call()).isNull();
    Healing.level(HealLevel.AUTO);
    assertThat(call()).isInstanceOf(IOException.class);
    Healing.apply(Remedies.NONE, 0);
    assertThat(call()).isInstanceOf(GuardedCall.class);

    apply(Remedy.State.ACTIVE, 1);
    leaveRequest();
    assertThat(call()).isInstanceOf(GuardedCall.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 404, 408, 500, 501})
  void answersThatSayNothingOfOverload_closeIt(int status) {
    almostOpen();
    answered(status);
    answered(503);

    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void mistakes_andWhatNobodyKnows_sayNothing() {
    almostOpen();
    for (Throwable thrown :
        List.of(
            new IllegalArgumentException(), new Exception("busy"), new InterruptedException())) {
      GuardedCall.ended(Objects.requireNonNull(call()), 0, thrown);
    }
    assertThat(circuit.isOpen()).isFalse();

    GuardedCall.ended(Objects.requireNonNull(call()), 0, new ConnectException("refused"));
    assertThat(circuit.isOpen()).isTrue();
  }

  @Test
  void modelsAndOtherPorts_haveCircuitsOfTheirOwn() {
    apply(Remedy.State.ACTIVE, 1);
    open();

    assertThat(GuardedCall.begin("GET", host, 443, true, "/")).isInstanceOf(GuardedCall.class);
    assertThat(GuardedCall.begin("POST", host, 80, false, "/v1/chat/completions"))
        .isInstanceOf(GuardedCall.class);
    assertThat(GuardedCall.begin("POST", host.toUpperCase(Locale.ROOT), 80, false, "/orders"))
        .isInstanceOf(IOException.class);
  }

  private @Nullable Object call() {
    return GuardedCall.begin("GET", host, -1, false, "/");
  }

  private void answered(int status) {
    GuardedCall.ended(Objects.requireNonNull(call()), status, null);
  }

  /** Another failure opens it. */
  private void almostOpen() {
    long began = System.nanoTime() - Circuit.LASTING_NANOS;
    for (int i = 0; i < Circuit.FAILURES; i++) {
      assertThat(circuit.failed(began)).isFalse();
    }
  }

  /** It opens in a while, as far as it knows, so that no call is let through meanwhile. */
  private void open() {
    openAt(System.nanoTime() + 60 * SECOND);
  }

  /** It has been open for long, so that a call is let through now, and none soon after. */
  private void openForLong() {
    long opened = System.nanoTime() - 2 * Circuit.LONGEST_NANOS;
    openAt(opened);
    for (int i = 0; i < 5; i++) {
      circuit.probeFailed(opened);
    }
  }

  private void openAt(long opened) {
    for (int i = 0; i < Circuit.FAILURES; i++) {
      circuit.failed(opened - Circuit.LASTING_NANOS);
    }
    assertThat(circuit.failed(opened)).isTrue();
  }

  private void leaveRequest() {
    if (request != null) {
      request.leave();
      request.end();
      request = null;
    }
  }

  private RemedyAttemptRecord attempt() {
    return sink.only(RemedyAttemptRecord.class);
  }

  private void apply(Remedy.State state, double share) {
    Remedy remedy = new Remedy("R-000000000001", "breaker http " + host + ":80", 0, state, share);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }
}
