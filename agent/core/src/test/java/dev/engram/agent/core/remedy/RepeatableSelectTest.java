package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.sql.ConnectionWait;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatableSelectTest {
  private static final String PLACE = "select db.example:5432";
  private static final String LOST = "08006";

  private final MemorySink sink = new MemorySink();
  private @Nullable OpenSpan request;

  @BeforeEach
  void begin() {
    CaptureFixture.start(sink);
    Healing.start(className -> true, HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
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

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "55P03", "57014", "53200", "HYT00"})
  void failureThatKeepsTheConnection_isHealed_whereItIs(String state) {
    apply(state);
    Object begun = Objects.requireNonNull(RepeatableSelect.begin(RepeatableSelectTest.class));

    assertThat(fails(begun, failure(state))).isTrue();
    RepeatableSelect.succeeded(begun, () -> PLACE, () -> true);
    assertThat(attempts()).extracting(RemedyAttemptRecord::result).containsExactly("resolved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57P03", "57000", "58030", "42P01", "23505", "5"})
  void otherFailures_leaveTheStatementAlone(String state) {
    apply(state);

    assertThat(fails(RepeatableSelect.begin(RepeatableSelectTest.class), failure(state))).isFalse();
    assertThat(attempts()).isEmpty();
  }

  @Test
  void failureThatIsNoDatabases_orOfAnotherStatement_orOfAPool_isLeftAlone() {
    assertThat(fails(null, new IOException("40001"))).isFalse();
    assertThat(
            RepeatableSelect.failed(
                null, () -> PLACE, RepeatableSelectTest.class, failure("40001"), () -> false))
        .isFalse();
    ConnectionWait.begin();
    assertThat(fails(null, failure("40001"))).isFalse();
    ConnectionWait.end();

    assertThat(attempts()).isEmpty();
  }

  @Test
  void successBelowAWrapper_isToldOnce() {
    apply("40001");
    Object wrapper = Objects.requireNonNull(RepeatableSelect.begin(RepeatableSelectTest.class));
    Object driver = Objects.requireNonNull(RepeatableSelect.begin(RepeatableSelectTest.class));
    AtomicInteger looks = new AtomicInteger();
    RepeatableSelect.succeeded(driver, () -> PLACE, () -> looks.incrementAndGet() > 0);
    RepeatableSelect.succeeded(wrapper, () -> PLACE, () -> looks.incrementAndGet() > 0);
    assertThat(looks).hasValue(1);

    Object next = Objects.requireNonNull(RepeatableSelect.begin(RepeatableSelectTest.class));
    RepeatableSelect.succeeded(next, () -> PLACE, () -> looks.incrementAndGet() > 0);
    assertThat(looks).hasValue(2);
  }

  /** Nobody has watched what became of it meanwhile. */
  @Test
  void whatBeganBeforeHealingWasOff_isLeftAlone() {
    apply("40001");
    Object begun = RepeatableSelect.begin(RepeatableSelectTest.class);
    Healing.level(HealLevel.OFF);
    Healing.level(HealLevel.AUTO);

    assertThat(fails(begun, failure("40001"))).isFalse();
    assertThat(attempts()).isEmpty();
    assertThat(fails(RepeatableSelect.begin(RepeatableSelectTest.class), failure("40001")))
        .isTrue();
  }

  @Test
  void failureThatAWrapperThrowsOn_isJudgedOnce() {
    SQLException drivers = failure("40001");
    RepeatableSelect.failed(null, () -> PLACE, RepeatableSelectTest.class, drivers, () -> false);

    fails(null, drivers);
    fails(null, new SQLException("of a pool", "40001", drivers));

    assertThat(attempts()).isEmpty();
  }

  @Test
  void queryWhoseSelectLostItsConnection_isMadeAgain() {
    apply(LOST);
    RepeatableQuery query = begun();
    SQLException lost = failure(LOST);

    fails(null, lost);
    assertThat(query.failed(new IllegalStateException(lost))).isTrue();
    RepeatableQuery.answered();
    query.succeeded();

    assertThat(attempts()).extracting(RemedyAttemptRecord::result).containsExactly("resolved");
  }

  @Test
  void queryThatFailsOtherwise_isMadeOnce() {
    apply(LOST);
    RepeatableQuery query = begun();
    fails(null, failure(LOST));
    assertThat(query.failed(new IllegalStateException("of the application"))).isFalse();

    assertThat(begun().failed(failure(LOST))).as("of nobody knows what").isFalse();
    assertThat(attempts()).isEmpty();
  }

  @Test
  void queryInWhichSomethingSucceeded_isMadeOnce() {
    apply(LOST);
    RepeatableQuery query = begun();
    SQLException lost = failure(LOST);

    RepeatableQuery.answered();
    fails(null, lost);

    assertThat(query.failed(lost)).isFalse();
  }

  @Test
  void queryInsideAnother_isOnesOwn_andTheOtherIsNoLongerMadeAgain() {
    apply(LOST);
    RepeatableQuery outer = begun();
    RepeatableQuery inner = begun();
    SQLException lost = failure(LOST);
    fails(null, lost);

    assertThat(inner.failed(new IllegalStateException(lost))).isTrue();
    RepeatableQuery.answered();
    inner.succeeded();
    SQLException later = failure(LOST);
    fails(null, later);

    assertThat(outer.failed(later)).isFalse();
  }

  @Test
  void queryWhileHealingIsOff_isNone() {
    Healing.level(HealLevel.OFF);

    assertThat(RepeatableQuery.begin(RepeatableSelectTest.class)).isNull();
  }

  private static RepeatableQuery begun() {
    return Objects.requireNonNull(RepeatableQuery.begin(RepeatableSelectTest.class));
  }

  private static boolean fails(@Nullable Object begun, Throwable thrown) {
    return RepeatableSelect.failed(
        begun, () -> PLACE, RepeatableSelectTest.class, thrown, () -> true);
  }

  private static SQLException failure(String state) {
    return new SQLException("not now", state);
  }

  /** What a failure with this state is known by is found out from what is told of one. */
  private void apply(String state) {
    Healing.level(HealLevel.OBSERVE);
    SQLException known = failure(state);
    Healing.failed(null, () -> PLACE, RepeatableSelectTest.class, known);
    long direct = fingerprint();
    Healing.failed(
        null, () -> PLACE, RepeatableSelectTest.class, new IllegalStateException(failure(state)));
    long wrapped = fingerprint();
    sink.accepted.clear();
    Healing.level(HealLevel.AUTO);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy(5, direct), remedy(6, wrapped))),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }

  private static Remedy remedy(int number, long fingerprint) {
    return new Remedy(
        "R-00000000000" + number,
        Remedy.retry(PLACE),
        fingerprint,
        Remedy.State.ACTIVE,
        1,
        4,
        1,
        1);
  }

  /** Of the failure that was told last; nothing is told of what never passes. */
  private long fingerprint() {
    List<RemedyAttemptRecord> told = attempts();
    return told.isEmpty() ? 0 : told.get(told.size() - 1).fingerprint();
  }

  private List<RemedyAttemptRecord> attempts() {
    return sink.all(RemedyAttemptRecord.class);
  }
}
