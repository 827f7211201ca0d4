package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FallbacksTest {
  private static final String ACTION =
      Remedy.Kind.FALLBACK.at("method " + Prices.class.getName() + "#load");

  private final MemorySink sink = new MemorySink();
  private final Prices prices = new Prices();
  private @Nullable OpenSpan request;
  private long fingerprint;

  /** Whose calls are played. */
  private static final class Prices {}

  @BeforeEach
  void begin() {
    CaptureFixture.start(sink);
    Healing.start(className -> true, HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
    String name = Prices.class.getName();
    Fallbacks.use(
        List.of(
            new FallbackRule(name, "load", TimeUnit.MINUTES.toNanos(1), null),
            new FallbackRule(name, "isOn", 0, "false")));
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
    fails("book");
    fingerprint = attempt().fingerprint();
    sink.accepted.clear();
  }

  @AfterEach
  void end() {
    if (request != null) {
      request.leave();
      request.end();
    }
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    Fallbacks.use(List.of());
    Capture.stop();
  }

  @Test
  void failureThatMayPass_isObserved_asLongAsNothingIsInForce() {
    answers("book", 42L);

    assertThat(fails("book")).isNull();
    assertThat(attempt())
        .returns(ACTION, RemedyAttemptRecord::remedyId)
        .returns("observed", RemedyAttemptRecord::arm)
        .returns("failed", RemedyAttemptRecord::result);
  }

  @Test
  void lastGoodAnswerToTheSameArguments_standsIn_andIsMasked_andTheFailureIsRemembered() {
    apply(Remedy.State.ACTIVE, 1);
    answers("book", 41L);
    answers("book", 42L);
    answers("pen", 7L);

    assertThat(fails("book")).isEqualTo(42L);
    assertThat(attempt())
        .returns("treated", RemedyAttemptRecord::arm)
        .returns("masked", RemedyAttemptRecord::result)
        .returns(1, RemedyAttemptRecord::tries)
        .returns(0L, RemedyAttemptRecord::addedNanos);
    assertThat(sink.only(ExceptionRecord.class).thrown().type())
        .isEqualTo(IOException.class.getName());
  }

  @Test
  void unknownArguments_orAnotherObject_haveNothingToStandIn() {
    apply(Remedy.State.ACTIVE, 1);
    answers("book", 42L);

    assertThat(fails("pen")).isNull();
    assertThat(attempt().arm()).isEqualTo("skipped");
    assertThat(Fallbacks.failed(begun(new Prices(), "book"), failure())).isNull();
  }

  @Test
  void setAnswer_standsInFromTheFirstFailure_whateverTheArguments() {
    String action = ACTION.replace("load", "isOn");
    apply(new Remedy("R-000000000001", action, fingerprint, Remedy.State.ACTIVE, 1));

    Object begun =
        Fallbacks.begin(
            Prices.class, "isOn(java.util.List)", "boolean", prices, new Object[] {List.of()});
    assertThat(Fallbacks.failed(Objects.requireNonNull(begun), failure())).isEqualTo(false);
    assertThat(attempt().result()).isEqualTo("masked");
  }

  /** Ages would add up, and nobody would see it. */
  @Test
  void whatWasMadeWithAnOldAnswer_isNotKeptAsAGoodOne() {
    apply(Remedy.State.ACTIVE, 1);
    answers("book", 42L);
    Object outer = begun(prices, "all");
    assertThat(fails("book")).isEqualTo(42L);
    Fallbacks.succeeded(outer, 43L);

    assertThat(fails("all")).isNull();
  }

  @Test
  void mistakes_areNotMasked() {
    apply(Remedy.State.ACTIVE, 1);
    answers("book", 42L);

    Object begun = begun(prices, "book");
    assertThat(Fallbacks.failed(begun, new NullPointerException())).isNull();
    assertThat(sink.accepted).isEmpty();
  }

  @Test
  void failureOfTheApplicationsOwnKind_waitsForAPerson() {
    Fallbacks.failed(begun(prices, "book"), new Exception("busy"));

    assertThat(attempt().arm()).isEqualTo("unclear");
  }

  /** Its caller would go on in a transaction that is gone, or write what it read before. */
  @Test
  void insideATransaction_nothingStandsIn_andNothingIsKept() {
    apply(Remedy.State.ACTIVE, 1);
    OpenSpan span = Objects.requireNonNull(request);
    span.transactions(1);
    answers("book", 42L);
    Object begun = begun(prices, "book");
    assertThat(Fallbacks.failed(begun, failure())).isNull();
    span.transactions(-1);
    assertThat(Fallbacks.failed(begun, failure())).as("it was rolled back").isNull();
    sink.accepted.clear();

    assertThat(fails("book")).isNull();
    assertThat(attempt().arm()).isEqualTo("skipped");
  }

  @Test
  void trial_leavesTheOthersAlone() {
    apply(Remedy.State.TRIAL, 0);
    answers("book", 42L);

    assertThat(fails("book")).isNull();
    assertThat(attempt().arm()).isEqualTo("control");
  }

  @Test
  void observe_masksNothing_andOffTellsNothing() {
    apply(Remedy.State.ACTIVE, 1);
    answers("book", 42L);

    Healing.level(HealLevel.OBSERVE);
    assertThat(fails("book")).isNull();
    assertThat(attempt().arm()).isEqualTo("observed");
    sink.accepted.clear();
    Healing.level(HealLevel.OFF);
    assertThat(Fallbacks.begin(Prices.class, "load(x)", "long", prices, new Object[0])).isNull();
    assertThat(sink.accepted).isEmpty();
  }

  @Test
  void observe_looksAtTheArguments_onlyOfWhatFails() {
    Healing.level(HealLevel.OBSERVE);
    Object[] list = {List.of()};
    Object begun =
        Objects.requireNonNull(Fallbacks.begin(Prices.class, "load(x)", "long", prices, list));

    assertThat(Fallbacks.failed(begun, failure())).isNull();
    assertThat(sink.accepted).as("nothing could ever stand in for it").isEmpty();
  }

  @Test
  void argumentsThatAreNoPlainValues_andMethodsWithoutARule_areLeftAlone() {
    Object[] list = {List.of()};
    assertThat(Fallbacks.begin(Prices.class, "load(x)", "long", prices, list)).isNull();
    Object[] none = {};
    assertThat(Fallbacks.begin(Prices.class, "other()", "long", prices, none)).isNull();
  }

  private void answers(String argument, Object answer) {
    Fallbacks.succeeded(begun(prices, argument), answer);
  }

  private @Nullable Object fails(String argument) {
    return Fallbacks.failed(begun(prices, argument), failure());
  }

  private static Object begun(Prices target, String argument) {
    Object[] arguments = {argument};
    Object begun =
        Fallbacks.begin(Prices.class, "load(java.lang.String)", "long", target, arguments);
    return Objects.requireNonNull(begun);
  }

  /** Always the same one, as far as its identity goes. */
  private static IOException failure() {
    return new IOException("the connection was reset");
  }

  private RemedyAttemptRecord attempt() {
    return sink.only(RemedyAttemptRecord.class);
  }

  private void apply(Remedy.State state, double share) {
    apply(new Remedy("R-000000000001", ACTION, fingerprint, state, share));
  }

  private static void apply(Remedy remedy) {
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }
}
