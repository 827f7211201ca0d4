package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
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
import java.util.concurrent.CompletableFuture;
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

  private Circuit circuit = new Circuit();
  private @Nullable OpenSpan request;

  @BeforeEach
  void begin() {
    CaptureFixture.start(sink);
    Healing.start(className -> true, HealLevel.AUTO);
    circuit = Objects.requireNonNull(CalledServices.at("http " + host + ":80")).circuit();
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
  }

  @AfterEach
  void end() {
    leaveRequest();
    for (CallRuns left = CallRuns.current(); left != null; left = CallRuns.current()) {
      left.close();
    }
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
  void circuitThatWasOpenWhenHealingWasSwitchedOff_isClosedWhenItIsOnAgain() {
    apply(Remedy.State.ACTIVE, 1);
    open();
    assertThat(call()).isInstanceOf(ConnectException.class);

    Healing.level(HealLevel.OFF);
    Healing.level(HealLevel.AUTO);

    assertThat(call()).isInstanceOf(GuardedCall.class);
  }

  @Test
  void circuitThatOpensOutsideOfARequest_isToldToo_asOfNone() {
    leaveRequest();
    almostOpen();
    answered(503);

    assertThat(circuit.isOpen()).isTrue();
    assertThat(attempt())
        .returns("breaker http " + host + ":80", RemedyAttemptRecord::remedyId)
        .returns("observed", RemedyAttemptRecord::arm)
        .returns(0L, RemedyAttemptRecord::traceIdHigh)
        .returns(0L, RemedyAttemptRecord::traceIdLow);
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
        .returns(1, RemedyAttemptRecord::tries);
    sink.accepted.clear();
    String place = "method a.B#c";
    assertThat(Healing.failed(null, () -> place, GuardedCallTest.class, (Throwable) begun))
        .isFalse();
    assertThat(sink.accepted).as("an inner place has dealt with it").isEmpty();
  }

  /** However many calls there are, they do not push out what is known of other remedies. */
  @Test
  void callsThatAreNotMade_areToldWithTheirNumber_andTheRestWhenItCloses() {
    apply(Remedy.State.ACTIVE, 1);
    openForLong();
    Object probe = call();
    for (int i = 0; i < 1_000; i++) {
      assertThat(call()).isInstanceOf(IOException.class);
    }
    List<RemedyAttemptRecord> told = sink.all(RemedyAttemptRecord.class);
    assertThat(told).extracting(RemedyAttemptRecord::result).containsOnly("spared");
    assertThat(told.size()).as("one a second").isLessThan(100);

    ended(probe, 200, null);

    assertThat(
            sink.all(RemedyAttemptRecord.class).stream()
                .filter(it -> it.result().equals("spared"))
                .mapToInt(RemedyAttemptRecord::tries)
                .sum())
        .isEqualTo(1_000);
  }

  @Test
  void oneCallInAWhile_isMadeToSee_andItsAnswerClosesIt() {
    apply(Remedy.State.ACTIVE, 1);
    openForLong();
    Object probe = call();
    assertThat(probe).isInstanceOf(GuardedCall.class);
    assertThat(call()).isInstanceOf(IOException.class);
    sink.accepted.clear();

    ended(probe, 404, null);
    assertThat(attempt())
        .returns("probe", RemedyAttemptRecord::arm)
        .returns("resolved", RemedyAttemptRecord::result);
    assertThat(circuit.isOpen()).isFalse();
    assertThat(call()).isInstanceOf(GuardedCall.class);
  }

  @Test
  void callThatEndsOnAnotherThread_isOfTheRequestThatMadeIt() {
    apply(Remedy.State.ACTIVE, 1);
    openForLong();
    Object probe = Objects.requireNonNull(call());
    sent(host);
    assertThat(GuardedCall.isMade(probe)).isNull();
    assertThat(CallRuns.current()).as("left on this thread").isNull();

    CompletableFuture.runAsync(() -> GuardedCall.ended(probe, 200, null)).join();

    assertThat(attempt())
        .returns("probe", RemedyAttemptRecord::arm)
        .returns(Objects.requireNonNull(request).traceHalf(), RemedyAttemptRecord::traceIdLow);
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void callThatSees_andFails_isToldSo_andTheOthersAreNotMade() {
    apply(Remedy.State.ACTIVE, 1);
    openForLong();
    ended(call(), 0, new SocketTimeoutException("Read timed out"));

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
    ended(alone, 503, null);
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
    Healing.level(HealLevel.AUTO);
    assertThat(call()).isInstanceOf(IOException.class);
    Healing.apply(Remedies.NONE, 0);
    assertThat(call()).isInstanceOf(GuardedCall.class);

    apply(Remedy.State.ACTIVE, 1);
    leaveRequest();
    assertThat(call()).isInstanceOf(GuardedCall.class);
    Healing.level(HealLevel.OFF);
    assertThat(call()).isNull();
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
      ended(call(), 0, thrown);
    }
    assertThat(circuit.isOpen()).isFalse();

    ended(call(), 0, new ConnectException("refused"));
    assertThat(circuit.isOpen()).isTrue();
  }

  /** A cache has answered, or refused to ask. */
  @Test
  void callOfWhichNothingWasSent_saysNothingOfTheService() {
    almostOpen();
    GuardedCall.ended(Objects.requireNonNull(call()), 504, null);
    GuardedCall.ended(Objects.requireNonNull(call()), 0, new ConnectException("refused"));
    assertThat(circuit.isOpen()).isFalse();

    GuardedCall.ended(Objects.requireNonNull(call()), 200, null);
    answered(503);
    assertThat(circuit.isOpen()).isTrue();
  }

  @Test
  void failureAfterARedirect_isOfTheServiceThatItWasSentTo() {
    String other = host + ".other";
    Circuit there = Objects.requireNonNull(CalledServices.at("http " + other + ":80")).circuit();
    almostOpen();
    almostOpen(there);
    Object redirected = call();
    sent(host);
    sent(other);
    GuardedCall.ended(Objects.requireNonNull(redirected), 0, new ConnectException("refused"));

    assertThat(there.isOpen()).isTrue();
    answered(503);
    assertThat(circuit.isOpen()).as("it has answered with the redirect").isFalse();
    assertThat(attempt().remedyId()).isEqualTo("breaker http " + other + ":80");

    redirected = call();
    sent(host);
    sent(other);
    GuardedCall.ended(Objects.requireNonNull(redirected), 200, null);
    assertThat(there.isOpen()).isFalse();
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
    ended(call(), status, null);
  }

  private void ended(@Nullable Object call, int status, @Nullable Throwable thrown) {
    sent(host);
    GuardedCall.ended(Objects.requireNonNull(call), status, thrown);
  }

  /** As the instrumentations of the clients tell of an attempt. */
  private static void sent(String to) {
    OpenSpan attempt =
        new ClientCall().attempt(new ClientRequest("GET", "http://" + to + "/", to, -1));
    Objects.requireNonNull(attempt).end();
  }

  private void almostOpen() {
    almostOpen(circuit);
  }

  /** Another failure opens it. */
  private static void almostOpen(Circuit circuit) {
    long began = System.nanoTime() - Circuit.LASTING_NANOS;
    for (int i = 0; i < Circuit.FAILURES; i++) {
      assertThat(circuit.failed(began)).isFalse();
    }
  }

  /** It has been open for long, and a call was let through just now. */
  private void open() {
    openForLong();
    assertThat(circuit.probes(System.nanoTime())).isTrue();
  }

  /** It has been open for long, so that a call is let through now, and none soon after. */
  private void openForLong() {
    long opened = System.nanoTime() - 100 * SECOND;
    openAt(opened);
    for (long seconds = 1; seconds < 90; seconds++) {
      circuit.probes(opened + seconds * SECOND);
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
