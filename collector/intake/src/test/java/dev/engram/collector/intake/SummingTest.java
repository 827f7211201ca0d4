package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import dev.engram.collector.store.StoreWriter;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SummingTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final StoreException FULL =
      new StoreException(Kind.UNAVAILABLE, "the disk is full", null);
  private static final StoreException DAMAGED =
      new StoreException(Kind.CORRUPT, "a damaged row", null);

  /** What the store does each time: fails, or says whether there is more. */
  private final Deque<Object> results = new ArrayDeque<>();

  private final List<String> lines = new ArrayList<>();
  private long now = Long.MAX_VALUE - MINUTE;
  private int asked;
  private final Summing summing = new Summing(writer(), lines::add, () -> now);

  static List<Throwable> failures() {
    return List.of(FULL, DAMAGED, new IllegalStateException("odd"), new OutOfMemoryError("heap"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void afterAnyFailure_itPausesForAMinute_andSaysSo(Throwable failure) {
    results.add(failure);
    assertThat(summing.step()).isFalse();
    now += MINUTE - 1;
    assertThat(summing.step()).isFalse();
    assertThat(asked).isEqualTo(1);
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("cannot sum up", String.valueOf(failure.getMessage()));

    now++;
    assertThat(summing.step()).isFalse();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void eachPause_isTwiceAsLongAsTheOneBefore_upToAnHour() {
    for (long minutes : new long[] {1, 2, 4, 8, 16, 32, 64, 64}) {
      assertThat(pauseAfter(FULL)).isEqualTo(minutes);
    }
    results.add(true);
    assertThat(summing.step()).isTrue();
    assertThat(pauseAfter(FULL)).isEqualTo(64);

    assertThat(summing.step()).isFalse();
    assertThat(pauseAfter(new IllegalStateException("odd"))).isEqualTo(1);
    assertThat(pauseAfter(new OutOfMemoryError("heap"))).isEqualTo(2);
    assertThat(pauseAfter(FULL)).isEqualTo(4);
  }

  @Test
  void afterDamage_allElseIsSummedUpSoon() {
    for (int time = 0; time < 9; time++) {
      assertThat(pauseAfter(DAMAGED)).isEqualTo(1);
    }
    assertThat(lines).hasSize(1);
  }

  @Test
  void whenTheCauseHasGone_itGoesOn_andSaysSoOnce() {
    pauseAfter(FULL);
    results.add(true);
    assertThat(summing.step()).isTrue();
    pauseAfter(FULL);
    assertThat(lines).singleElement().asString().contains("cannot sum up", "the disk is full");

    results.add(true);
    assertThat(summing.step()).isTrue();
    assertThat(summing.step()).isFalse();
    assertThat(summing.step()).isFalse();
    assertThat(lines).hasSize(2).last().asString().contains("summed up all rows again");
  }

  @Test
  void whileOthersWrite_itIsTriedAgainAtOnce() {
    results.add(new StoreException(Kind.OVERLOADED, "busy", null));
    assertThat(summing.step()).isFalse();
    assertThat(summing.step()).isFalse();
    assertThat(asked).isEqualTo(2);
    assertThat(lines).isEmpty();
  }

  /** How many minutes pass after this failure until the store is asked again. */
  private long pauseAfter(Throwable failure) {
    results.add(failure);
    assertThat(summing.step()).isFalse();
    int before = asked;
    results.add(new StoreException(Kind.OVERLOADED, "busy", null));
    long minutes = 0;
    while (asked == before) {
      minutes++;
      now += MINUTE;
      summing.step();
    }
    return minutes;
  }

  /** When it was told no more, it has nothing to do. */
  private StoreWriter writer() {
    return (StoreWriter)
        Proxy.newProxyInstance(
            StoreWriter.class.getClassLoader(),
            new Class<?>[] {StoreWriter.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("sumUp");
              asked++;
              Object result = results.isEmpty() ? Boolean.FALSE : results.remove();
              if (result instanceof Throwable failure) {
                throw failure;
              }
              return result;
            });
  }
}
