package dev.engram.agent.instrumentation.idempotent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.shop.Stocktaking;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node of a workflow in plain code that is declared repeatable. */
class IdempotentNodeTest {
  private static final String ACTION = Remedy.retry("node stocktaking/count");

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final Stocktaking stocktaking = new Stocktaking();
  private final AtomicInteger runs = new AtomicInteger();
  private OpenSpan request;

  @BeforeEach
  void begin() {
    Healing.start(name -> name.startsWith("com.acme."), HealLevel.OBSERVE);
    Healing.seesTransactions(() -> true);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "/")).enter();
  }

  @AfterEach
  void stop() {
    request.leave();
    request.end();
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
  }

  @Test
  void inItsRun_itIsAPlaceOfItsOwn_andWhatRunsAgainIsOneNode() throws Exception {
    assertThatThrownBy(() -> stocktaking.run(this::fail)).isInstanceOf(IOException.class);
    RemedyAttemptRecord observed = run.all(RemedyAttemptRecord.class).findFirst().orElseThrow();
    assertThat(observed.remedyId()).isEqualTo(ACTION);
    long before = nodes();
    heal(observed.fingerprint());
    runs.set(0);

    assertThat(stocktaking.run(this::failOnce)).isEqualTo(2);
    assertThat(nodes() - before).isEqualTo(1);
  }

  @Test
  void outsideOfARun_itIsAMethod() {
    assertThatThrownBy(() -> stocktaking.count(this::fail)).isInstanceOf(IOException.class);

    assertThat(run.all(RemedyAttemptRecord.class))
        .extracting(RemedyAttemptRecord::remedyId)
        .containsExactly(Remedy.retry("method com.acme.shop.Stocktaking#count"));
  }

  private static void heal(long fingerprint) {
    Healing.level(HealLevel.AUTO);
    Remedy remedy =
        new Remedy("R-000000000004", ACTION, fingerprint, Remedy.State.ACTIVE, 1, 2, 1, 1);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }

  private long nodes() {
    return run.all(SpanRecord.class).filter(it -> it.category() == Category.NODE).count();
  }

  private long fail() throws IOException {
    throw new IOException("not now, " + runs.incrementAndGet());
  }

  private long failOnce() throws IOException {
    if (runs.incrementAndGet() == 1) {
      throw new IOException("not now, 1");
    }
    return runs.get();
  }
}
