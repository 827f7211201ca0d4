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
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of a service with four places, beside what else may be done about them. */
class LimitedRunsTest {
  private static final AtomicInteger HOSTS = new AtomicInteger();
  private static final int PLACES = 4;

  private final String host = "run" + HOSTS.incrementAndGet();
  private final String place = "http " + host + ":80";
  private final ClientRequest asked = request(host);

  /** Calls under way each time that it is decided whether to make one again. */
  private final List<Integer> decided = new ArrayList<>();

  private OpenSpan request;
  private LimitedPeer peer;
  private ConcurrencyLimit limit;

  @BeforeEach
  void begin() {
    CaptureFixture.start(new MemorySink());
    Healing.start(className -> true, HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
    limit = GivenLimit.at(place, PLACES);
    peer = Objects.requireNonNull(CalledServices.at(place)).limit();
    peer.take(0);
    GivenLimit.apply(GivenLimit.trial(place), retry(503), retry(0));
  }

  @AfterEach
  void end() {
    for (CallRuns left = CallRuns.current(); left != null; left = CallRuns.current()) {
      left.close();
    }
    request.leave();
    request.end();
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    Capture.stop();
  }

  @Test
  void refusedRun_counts_givesItsPlaceBackBeforeTheNextIsWaitedFor_andThatTakesOneAnew() {
    Object call = begun(LimitedRunsTest.class);
    RepeatableCall runs = repeatable();
    sent(host);
    assertThat(runs.answered(503, "0")).isTrue();
    assertThat(limit.limit()).isEqualTo(3);
    assertThat(limit.underWay()).as("the next run").isEqualTo(1);
    sent(host);
    assertThat(runs.answered(503, "0")).isTrue();
    assertThat(limit.limit()).as("it was sent after the limit was lowered").isEqualTo(2);
    sent(host);
    assertThat(runs.answered(200, null)).isFalse();
    GuardedCall.ended(call, 200, null);

    assertThat(decided).hasSizeGreaterThanOrEqualTo(2).containsOnly(0);
    assertThat(limit.underWay()).isZero();
    assertThat(peer.take(1))
        .returns(2L, CallWindow.Counts::refused)
        .returns(1L, CallWindow.Counts::answered);
  }

  @Test
  void runThatFails_givesItsPlaceBackToo() {
    Object call = begun(LimitedRunsTest.class);
    RepeatableCall runs = repeatable();
    sent(host);
    ConnectException failure = new ConnectException("refused");
    runs.failed(failure);
    GuardedCall.ended(call, 0, failure);

    assertThat(decided).isNotEmpty().containsOnly(0);
    assertThat(limit).returns(0, ConcurrencyLimit::underWay).returns(4, ConcurrencyLimit::limit);
  }

  /** It is told twice: by the run, and by the call. */
  @Test
  void lastRefusal_countsOnce() {
    GivenLimit.apply(GivenLimit.trial(place));
    Object call = begun(LimitedRunsTest.class);
    RepeatableCall runs = repeatable();
    sent(host);
    assertThat(runs.answered(503, null)).isFalse();
    GuardedCall.ended(call, 503, null);

    assertThat(limit).returns(0, ConcurrencyLimit::underWay).returns(3, ConcurrencyLimit::limit);
    assertThat(peer.take(1).refused()).isEqualTo(1);
  }

  @Test
  void laterRun_takesAPlaceOnceItBegins_andWaitsForNone() {
    Object call = begun(null);
    LaterCall runs = later();
    sent(host);
    runs.isMade();
    assertThat(GuardedCall.isMade(call)).isNull();
    assertThat(runs.answered(503, null)).isNotEqualTo(LaterCall.NEVER);
    assertThat(limit.underWay()).isZero();

    for (int i = 0; i < PLACES; i++) {
      limit.goAhead();
    }
    runs.again(() -> limit.underWay());
    assertThat(limit.underWay()).isEqualTo(PLACES + 1);
    assertThat(request.waitedNanos()).isZero();
    runs.answered(200, null);
    GuardedCall.ended(call, 200, null);
    assertThat(limit.underWay()).isEqualTo(PLACES);
  }

  /** Somebody has cancelled it meanwhile. */
  @Test
  void runThatBeginsWhenTheCallIsOver_keepsNoPlace() {
    Object call = begun(null);
    LaterCall runs = later();
    sent(host);
    runs.isMade();
    assertThat(runs.answered(503, null)).isNotEqualTo(LaterCall.NEVER);
    GuardedCall.ended(call, 0, null);
    runs.again(() -> call);

    assertThat(limit.underWay()).isZero();
    peer.open(2);
    assertThat(peer.isSettled()).isTrue();
  }

  @Test
  void whoSendsACallElsewhere_hasAnswered() {
    Object call = begun(LimitedRunsTest.class);
    sent(host);
    sent(host + ".other");
    GuardedCall.ended(call, 503, null);

    assertThat(limit.limit()).isEqualTo(4);
    assertThat(peer.take(1))
        .returns(0L, CallWindow.Counts::refused)
        .returns(1L, CallWindow.Counts::answered);
  }

  @Test
  void callThatABreakerDoesNotMake_takesNoPlace() {
    Circuit circuit = Objects.requireNonNull(CalledServices.at(place)).circuit();
    long opened = System.nanoTime();
    for (int i = 0; i < Circuit.FAILURES; i++) {
      circuit.failed(opened - Circuit.LASTING_NANOS);
    }
    assertThat(circuit.failed(opened)).isTrue();
    GivenLimit.apply(
        GivenLimit.trial(place),
        new Remedy("R-000000000002", "breaker " + place, 0, Remedy.State.ACTIVE, 1));

    assertThat(begun(LimitedRunsTest.class)).isInstanceOf(IOException.class);
    assertThat(limit.underWay()).isZero();
  }

  private Object begun(@Nullable Class<?> asking) {
    Object begun = GuardedCall.begin("GET", host, -1, false, "/");
    return Objects.requireNonNull(GuardedCall.inTurn(begun, asking, 0));
  }

  private RepeatableCall repeatable() {
    return Objects.requireNonNull(
        RepeatableCall.begin(getClass(), "GET", host, "/", this::decides, false));
  }

  private LaterCall later() {
    return Objects.requireNonNull(LaterCall.begin(getClass(), "GET", host, "/", this::decides));
  }

  private ClientRequest decides() {
    decided.add(limit.underWay());
    return asked;
  }

  private static void sent(String to) {
    Objects.requireNonNull(new ClientCall().attempt(request(to))).end();
  }

  private static ClientRequest request(String to) {
    return new ClientRequest("GET", "http://" + to + "/", to, -1);
  }

  private Remedy retry(long fingerprint) {
    return new Remedy(
        "R-00000000001" + fingerprint % 10,
        Remedy.retry(place),
        fingerprint,
        Remedy.State.ACTIVE,
        1,
        3,
        1,
        1);
  }
}
