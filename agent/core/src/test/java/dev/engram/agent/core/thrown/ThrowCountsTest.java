package dev.engram.agent.core.thrown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.engram.agent.record.InAppFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import net.bytebuddy.ByteBuddy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThrowCountsTest {
  private static final String NUMBER = "java.lang.NumberFormatException";
  private static final String STATE = "java.lang.IllegalStateException";
  private static final NumberFormatException FLOOD = new NumberFormatException();
  private static final InAppFrames OURS = name -> name.equals(ThrowCountsTest.class.getName());

  /** What was told of one type, or of one site of it. */
  private record Told(String type, @Nullable String site, long count, long low, long high) {
    boolean holds(long truth) {
      return low <= truth && truth <= high;
    }
  }

  private final List<Told> told = new ArrayList<>();
  private final AtomicLong now = new AtomicLong();
  private boolean refuses;
  private boolean refusesSites;

  private final ThrowCounts counts = counts(new StackSamples());

  @Test
  void countsByType_fromManyThreads_areExact() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 1_500; n++) {
                  number();
                  if (n % 3 == 0) {
                    state();
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    counts.tell();

    assertThat(ofType(NUMBER)).isEqualTo(16 * 1_500);
    assertThat(ofType(STATE)).isEqualTo(16 * 500);
    assertThat(sites(NUMBER)).singleElement().matches(site -> site.holds(16 * 1_500));
  }

  @Test
  void fewThrows_areExactBySite() {
    number();
    number();
    numberElsewhere();
    counts.tell();

    assertThat(sites(NUMBER))
        .extracting(Told::count, Told::low, Told::high)
        .containsExactlyInAnyOrder(tuple(2L, 2L, 2L), tuple(1L, 1L, 1L));
    assertThat(sites(NUMBER))
        .extracting(Told::site)
        .allMatch(
            site -> site.matches(".*ThrowCountsTest.number.*\\(ThrowCountsTest.java:\\d+\\)"));
  }

  /** An interval of 95% misses one in twenty: of 90, more than 24 only if it is none. */
  @Test
  void manyThrows_lieWithinTheIntervalsOfTheirSites() {
    Random random = new Random(7);
    int missed = 0;
    for (int period = 0; period < 30; period++) {
      long[] truth = new long[3];
      for (int i = 0; i < 5_000; i++) {
        int tenth = random.nextInt(10);
        int site = tenth < 1 ? 0 : tenth < 4 ? 1 : 2;
        truth[site]++;
        throwAt(site);
        if (i % 500 == 0) {
          counts.beat();
        }
      }
      told.clear();
      counts.tell();
      missed += missed(truth);
    }
    assertThat(missed).isLessThan(24);
  }

  @Test
  void sites_addUpToTheirType() {
    for (int i = 0; i < 10_000; i++) {
      throwAt(i % 3);
    }
    counts.tell();

    assertThat(sites(NUMBER).stream().mapToLong(Told::count).sum()).isEqualTo(ofType(NUMBER));
    assertThat(sites(NUMBER)).anyMatch(site -> site.low() < site.high());
  }

  @Test
  void stackless_areCountedAndNotSampled() {
    for (int i = 0; i < 5; i++) {
      counts.accept(new NumberFormatException(), 0);
    }
    number();
    counts.tell();

    assertThat(ofType(NUMBER)).isEqualTo(6);
    assertThat(sites(NUMBER)).singleElement().extracting(Told::count).isEqualTo(1L);
  }

  @Test
  void deepStack_isCountedAndNotTaken() {
    counts.accept(new NumberFormatException(), 1_024);
    counts.accept(new NumberFormatException(), 1_023);
    counts.tell();

    assertThat(ofType(NUMBER)).isEqualTo(2);
    assertThat(sites(NUMBER)).singleElement().extracting(Told::count).isEqualTo(1L);
  }

  @Test
  void throwable_constructedWhileAStackIsTaken_isCountedAndTakesNone() {
    AtomicReference<ThrowCounts> recursive = new AtomicReference<>();
    AtomicLong walks = new AtomicLong();
    recursive.set(
        counts(
            new StackSamples(
                thrown -> {
                  walks.incrementAndGet();
                  recursive.get().accept(new IllegalStateException("ours"), 1);
                  return List.of();
                })));

    recursive.get().accept(new NumberFormatException(), 1);
    recursive.get().tell();

    assertThat(walks).hasValue(1);
    assertThat(ofType(NUMBER)).isEqualTo(1);
    assertThat(ofType(STATE)).isEqualTo(1);
  }

  @Test
  void failure_whileAStackIsTaken_leavesThePlaceFree() {
    AtomicLong walks = new AtomicLong();
    ThrowCounts failing =
        counts(
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
        counts(
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
    ThrowCounts holed = counts(samples);
    samples.claim();
    holed.accept(new NumberFormatException(), 1);
    holed.tell();

    assertThat(sites(NUMBER)).singleElement().extracting(Told::count).isEqualTo(1L);
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
        counts(
            new StackSamples(
                thrown -> {
                  throw new IllegalStateException("ours");
                }));
    for (int i = 0; i < 20; i++) {
      failing.accept(new NumberFormatException(), 1);
    }
    failing.tell();

    assertThat(ofType(NUMBER)).isEqualTo(20);
  }

  /** The writer thread holds the locks while it tells; who constructs a throwable needs none. */
  @Test
  void failures_waitForNobody() {
    AtomicReference<ThrowCounts> failing = new AtomicReference<>();
    AtomicBoolean ended = new AtomicBoolean();
    failing.set(
        new ThrowCounts(
            OURS,
            10,
            new StackSamples(
                thrown -> {
                  throw new IllegalStateException("ours");
                }),
            now::get,
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
      thread.join(10_000);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    return !thread.isAlive();
  }

  @Test
  void refusedCount_isToldWithTheNext() {
    number();
    refuses = true;
    counts.tell();
    assertThat(told).isEmpty();

    refuses = false;
    number();
    counts.tell();
    assertThat(ofType(NUMBER)).isEqualTo(2);
    assertThat(sites(NUMBER)).singleElement().extracting(Told::count).isEqualTo(2L);
  }

  @Test
  void refusedSite_isToldLater_andOnce() {
    number();
    refusesSites = true;
    counts.tell();
    number();
    counts.tell();
    assertThat(ofType(NUMBER)).isEqualTo(2);
    assertThat(sites(NUMBER)).isEmpty();

    refusesSites = false;
    counts.beat();
    assertThat(sites(NUMBER)).extracting(Told::count).containsExactly(1L);
    counts.tell();
    counts.tell();
    assertThat(ofType(NUMBER)).isEqualTo(2);
    assertThat(sites(NUMBER)).extracting(Told::count).containsExactly(1L, 1L);
  }

  @Test
  void manySites_areToldOverSeveralBeats_theLargestFirst() throws ReflectiveOperationException {
    for (int i = 0; i < 250; i++) {
      Throwable thrown = ofNewType("com.acme.Type" + i);
      for (int n = 0; n < (i < 240 ? 1 : 2); n++) {
        counts.accept(thrown, 1);
      }
    }
    now.addAndGet(10);
    counts.beat();
    List<Told> first = told.stream().filter(it -> it.site() != null).toList();
    assertThat(told.size() - first.size()).isEqualTo(250);
    assertThat(first).hasSize(200);
    assertThat(first.subList(0, 10)).extracting(Told::count).containsOnly(2L);

    counts.beat();
    assertThat(told.stream().filter(it -> it.site() != null).mapToLong(Told::count).sum())
        .isEqualTo(260);
  }

  /** Whose loader sees no class of the tests, so that instrumentation of another test passes by. */
  private static Throwable ofNewType(String name) throws ReflectiveOperationException {
    return new ByteBuddy()
        .subclass(Exception.class)
        .name(name)
        .make()
        .load(ClassLoader.getPlatformClassLoader())
        .getLoaded()
        .getConstructor()
        .newInstance();
  }

  @Test
  void beat_tellsWhenThePeriodIsOver_andOnlyWhatIsNew() {
    number();
    counts.beat();
    assertThat(told).isEmpty();

    now.addAndGet(10);
    counts.beat();
    assertThat(ofType(NUMBER)).isEqualTo(1);

    told.clear();
    now.addAndGet(10);
    counts.beat();
    assertThat(told).isEmpty();
  }

  @Test
  void flood_takesFewStacks() {
    AtomicLong walks = new AtomicLong();
    ThrowCounts flooded =
        counts(
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

  private ThrowCounts counts(StackSamples samples) {
    return new ThrowCounts(
        OURS,
        10,
        samples,
        now::get,
        (type, site, period, count, low, high, frames) -> {
          boolean takes = !refuses && !(refusesSites && site != null);
          if (takes) {
            told.add(new Told(type, site, count, low, high));
          }
          return takes;
        });
  }

  private int missed(long[] truth) {
    int missed = 0;
    for (int site = 0; site < truth.length; site++) {
      String method = "throwAt" + site + "(";
      long there = truth[site];
      missed +=
          sites(NUMBER).stream()
                  .anyMatch(it -> String.valueOf(it.site()).contains(method) && it.holds(there))
              ? 0
              : 1;
    }
    return missed;
  }

  private long ofType(String type) {
    return told.stream()
        .filter(it -> it.type().equals(type) && it.site() == null)
        .mapToLong(Told::count)
        .sum();
  }

  private List<Told> sites(String type) {
    return told.stream().filter(it -> it.type().equals(type) && it.site() != null).toList();
  }

  private void throwAt(int site) {
    switch (site) {
      case 0 -> throwAt0();
      case 1 -> throwAt1();
      default -> throwAt2();
    }
  }

  private void throwAt0() {
    counts.accept(new NumberFormatException(), 1);
  }

  private void throwAt1() {
    counts.accept(new NumberFormatException(), 1);
  }

  private void throwAt2() {
    counts.accept(new NumberFormatException(), 1);
  }

  private void number() {
    counts.accept(new NumberFormatException(), 1);
  }

  private void numberElsewhere() {
    counts.accept(new NumberFormatException(), 1);
  }

  private void state() {
    counts.accept(new IllegalStateException(), 1);
  }
}
