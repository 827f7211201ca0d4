package dev.engram.agent.instrumentation.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.acme.shop.Rates;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
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
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What callers of a method get when it fails, with remedies in force that would have it so. */
class FallbackTest {
  private static final String PLACE = "method com.acme.shop.Rates#";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final Rates rates = new Rates();
  private OpenSpan request;

  @BeforeEach
  void learn() {
    Healing.start(name -> name.startsWith("com.acme."), HealLevel.OBSERVE);
    Healing.seesTransactions(() -> true);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
    Rates.down = true;
    catchThrowable(() -> rates.rate("euro"));
    long fingerprint = attempts().findFirst().orElseThrow().fingerprint();
    Rates.down = false;
    Healing.level(HealLevel.AUTO);
    List<Remedy> remedies =
        Stream.of("rate", "name", "isOpen", "later", "again")
            .map(Remedy.Kind.FALLBACK::at)
            .map(it -> it.replace("fallback ", "fallback " + PLACE))
            .map(it -> new Remedy("R-000000000002", it, fingerprint, Remedy.State.ACTIVE, 1))
            .toList();
    apply(remedies);
  }

  @AfterEach
  void stop() {
    Rates.down = false;
    Rates.runs = 0;
    request.leave();
    request.end();
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
  }

  @Test
  void lastGoodAnswer_standsIn_alsoForAPrimitive_byTheMethodWithItsArguments() throws IOException {
    assertThat(rates.rate("euro")).isEqualTo(4);
    assertThat(rates.rate(4)).isEqualTo(-4);
    Rates.down = true;

    assertThat(rates.rate("euro")).isEqualTo(4);
    assertThat(rates.rate(4)).isEqualTo(-4);
    assertFails(() -> rates.rate("yen"));
    assertFails(() -> new Rates().rate("euro"));
    assertThat(attempts().filter(it -> it.result().equals("masked"))).hasSize(2);
  }

  @Test
  void staticMethod_hasNoObject() throws IOException {
    assertThat(Rates.name(1)).isEqualTo("currency 1");
    Rates.down = true;

    assertThat(Rates.name(1)).isEqualTo("currency 1");
  }

  @Test
  void setAnswer_standsIn_alsoWhereAMonitorIsHeld() throws IOException {
    assertThat(rates.isOpen(List.of())).isTrue();
    Rates.down = true;

    assertThat(rates.isOpen(List.of())).isFalse();
  }

  @Test
  void whatIsReadOnce_isNotGivenTwice() throws IOException {
    assertThat(rates.later().block()).isEqualTo("soon");
    Rates.down = true;

    assertFails(rates::later);
  }

  @Test
  void methodThatReturnsNothing_isNotHooked() {
    Rates.down = true;

    assertFails(rates::nothing);
    assertThat(attempts().filter(it -> it.remedyId().endsWith("#nothing"))).isEmpty();
  }

  @Test
  void answerStandsIn_onlyAfterTheRetriesAreOver() throws IOException {
    rates.again();
    Rates.down = true;
    catchThrowable(() -> rates.again());
    List<RemedyAttemptRecord> told =
        attempts().filter(it -> it.remedyId().endsWith("#again")).toList();
    assertThat(told)
        .extracting(RemedyAttemptRecord::remedyId)
        .containsExactly("retry " + PLACE + "again", "fallback " + PLACE + "again");
    long fingerprint = told.get(0).fingerprint();
    apply(
        List.of(
            new Remedy(
                "R-000000000002",
                Remedy.retry(PLACE + "again"),
                fingerprint,
                Remedy.State.ACTIVE,
                1,
                3,
                1,
                1),
            new Remedy(
                "R-000000000003",
                Remedy.Kind.FALLBACK.at(PLACE + "again"),
                fingerprint,
                Remedy.State.ACTIVE,
                1)));
    Rates.runs = 0;

    assertThat(rates.again()).isEqualTo("again");
    assertThat(Rates.runs).isEqualTo(3);
    assertThat(attempts().filter(it -> it.arm().equals("treated")))
        .extracting(RemedyAttemptRecord::result)
        .endsWith("failed", "masked");
  }

  private Stream<RemedyAttemptRecord> attempts() {
    return run.all(RemedyAttemptRecord.class);
  }

  private static void assertFails(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IOException.class);
  }

  private static void apply(List<Remedy> remedies) {
    Healing.apply(
        new Remedies(1, Instant.MAX, remedies), System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }
}
