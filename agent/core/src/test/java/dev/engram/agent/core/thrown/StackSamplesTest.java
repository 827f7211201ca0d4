package dev.engram.agent.core.thrown;

import static dev.engram.agent.core.thrown.ToldThrows.NUMBER;
import static dev.engram.agent.core.thrown.ToldThrows.STATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.engram.agent.core.thrown.ToldThrows.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Taking a stack finds itself never again, gives its place back, and fails alone. */
class StackSamplesTest {
  private static final NumberFormatException FLOOD = new NumberFormatException();

  private final ToldThrows told = new ToldThrows(StackSamplesTest.class);

  @Test
  void throwable_constructedWhileAStackIsTaken_isCountedAndTakesNone() {
    AtomicReference<ThrowCounts> recursive = new AtomicReference<>();
    AtomicLong walks = new AtomicLong();
    recursive.set(
        told.counts(
            new StackSamples(
                thrown -> {
                  walks.incrementAndGet();
                  recursive.get().accept(new IllegalStateException("ours"), 1);
                  return List.of();
                })));

    recursive.get().accept(new NumberFormatException(), 1);
    recursive.get().tell();

    assertThat(walks).hasValue(1);
    assertThat(told.ofType(NUMBER)).isEqualTo(1);
    assertThat(told.ofType(STATE)).isEqualTo(1);
  }

  @Test
  void failure_whileAStackIsTaken_leavesThePlaceFree() {
    AtomicLong walks = new AtomicLong();
    ThrowCounts failing =
        told.counts(
            new StackSamples(
                thrown -> {
                  walks.incrementAndGet();
                  throw new StackOverflowError();
                }));
    for (int i = 0; i < 2; i++) {
      assertThat(catchThrowable(() -> failing.accept(new NumberFormatException(), 1)))
          .isInstanceOf(StackOverflowError.class);
    }
    assertThat(walks).hasValue(2);
  }

  /** As a stack that ends in the last step leaves it. */
  @Test
  void placeThatIsNeverFreed_isFreeAfterTwoBeats() {
    AtomicReference<ThrowCounts> stuck = new AtomicReference<>();
    List<Integer> walks = new ArrayList<>();
    stuck.set(
        told.counts(
            new StackSamples(
                thrown -> {
                  walks.add(walks.size());
                  for (int beat = 0; beat < 3 && walks.size() == 1; beat++) {
                    stuck.get().accept(new NumberFormatException(), 1);
                    assertThat(walks).hasSize(beat < 2 ? 1 : 2);
                    stuck.get().beat();
                  }
                  return List.of();
                })));

    stuck.get().accept(new NumberFormatException(), 1);

    assertThat(walks).hasSize(2);
  }

  @Test
  void claimedPlaceThatStaysEmpty_stopsNoOther() {
    StackSamples samples = new StackSamples();
    ThrowCounts holed = told.counts(samples);
    samples.claim();
    holed.accept(new NumberFormatException(), 1);
    holed.tell();

    assertThat(told.sites(NUMBER)).singleElement().extracting(Told::count).isEqualTo(1L);
  }

  @Test
  void samplesBeyondThePlaces_areLeftOut_untilTheNextBeat() {
    StackSamples samples = new StackSamples();
    List<StackSamples.Sample> taken = new ArrayList<>();
    TypeCount type = new TypeCount(NUMBER);
    for (int beat = 1; beat <= 2; beat++) {
      for (int i = 0; i < 2_000; i++) {
        samples.take(type, 1, FLOOD);
      }
      samples.drain(taken::add);
      assertThat(taken).hasSize(beat * 1_024);
    }
  }

  @Test
  void failure_ofOurs_doesNotEscape() {
    ThrowCounts failing =
        told.counts(
            new StackSamples(
                thrown -> {
                  throw new IllegalStateException("ours");
                }));
    for (int i = 0; i < 20; i++) {
      failing.accept(new NumberFormatException(), 1);
    }
    failing.tell();

    assertThat(told.ofType(NUMBER)).isEqualTo(20);
  }

  /** The writer thread holds the locks while it tells; who constructs a throwable needs none. */
  @Test
  void failures_waitForNobody() {
    AtomicReference<ThrowCounts> failing = new AtomicReference<>();
    AtomicBoolean ended = new AtomicBoolean();
    failing.set(
        new ThrowCounts(
            told.ours,
            10,
            new StackSamples(
                thrown -> {
                  throw new IllegalStateException("ours");
                }),
            told.now::get,
            (type, site, period, count, low, high, frames) -> {
              synchronized (ThrowCounts.class) {
                ended.set(failsOften(failing.get()));
                return true;
              }
            }));
    ThrowCounts.start(failing.get());
    failing.get().accept(new NumberFormatException(), 1);
    failing.get().tell();

    assertThat(ended).isTrue();
  }

  /** On a thread of its own; whether that came to its end. */
  private static boolean failsOften(ThrowCounts failing) {
    Thread thread =
        new Thread(
            () -> {
              for (int i = 0; i < 20; i++) {
                failing.accept(new NumberFormatException(), 1);
              }
            });
    thread.start();
    try {
      thread.join(60_000);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    return !thread.isAlive();
  }

  @Test
  void flood_takesFewStacks() {
    AtomicLong walks = new AtomicLong();
    ThrowCounts flooded =
        told.counts(
            new StackSamples(
                thrown -> {
                  walks.incrementAndGet();
                  return List.of();
                }));
    for (int i = 0; i < 1_000_000; i++) {
      flooded.accept(FLOOD, 1);
    }
    assertThat(walks.get()).isBetween(32L, 800L);
  }
}
