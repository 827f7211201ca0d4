package dev.engram.agent.core.thrown;

import static dev.engram.agent.core.thrown.ToldThrows.NUMBER;
import static dev.engram.agent.core.thrown.ToldThrows.STATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.engram.agent.core.thrown.ToldThrows.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Throwables are counted by their type, and by the places that a sample of stacks shows. */
class ThrowCountsTest {
  private final ToldThrows told = new ToldThrows(ThrowCountsTest.class);

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
    told.counts.tell();

    assertThat(told.ofType(NUMBER)).isEqualTo(16 * 1_500);
    assertThat(told.ofType(STATE)).isEqualTo(16 * 500);
    assertThat(told.sites(NUMBER)).singleElement().matches(site -> site.holds(16 * 1_500));
  }

  @Test
  void fewThrows_areExactBySite() {
    number();
    number();
    numberElsewhere();
    told.counts.tell();

    assertThat(told.sites(NUMBER))
        .extracting(Told::count, Told::low, Told::high)
        .containsExactlyInAnyOrder(tuple(2L, 2L, 2L), tuple(1L, 1L, 1L));
    assertThat(told.sites(NUMBER))
        .extracting(Told::site)
        .allMatch(
            site -> site.matches(".*ThrowCountsTest.number.*\\(ThrowCountsTest.java:\\d+\\)"));
  }

  /** An interval of 95% misses one in twenty: of 90 four or five, and hardly ever 16. */
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
          told.counts.beat();
        }
      }
      told.all.clear();
      told.counts.tell();
      missed += missed(truth);
    }
    assertThat(missed).isLessThan(16);
  }

  @Test
  void sites_addUpToTheirType() {
    for (int i = 0; i < 10_000; i++) {
      throwAt(i % 3);
    }
    told.counts.tell();

    assertThat(told.sites(NUMBER).stream().mapToLong(Told::count).sum())
        .isEqualTo(told.ofType(NUMBER));
    assertThat(told.sites(NUMBER)).anyMatch(site -> site.low() < site.high());
  }

  @Test
  void stackless_areCountedAndNotSampled() {
    for (int i = 0; i < 5; i++) {
      told.counts.accept(new NumberFormatException(), 0);
    }
    number();
    told.counts.tell();

    assertThat(told.ofType(NUMBER)).isEqualTo(6);
    assertThat(told.sites(NUMBER)).singleElement().extracting(Told::count).isEqualTo(1L);
  }

  @Test
  void deepStack_isCountedAndNotTaken() {
    told.counts.accept(new NumberFormatException(), 1_024);
    told.counts.accept(new NumberFormatException(), 1_023);
    told.counts.tell();

    assertThat(told.ofType(NUMBER)).isEqualTo(2);
    assertThat(told.sites(NUMBER)).singleElement().extracting(Told::count).isEqualTo(1L);
  }

  private int missed(long[] truth) {
    int missed = 0;
    for (int site = 0; site < truth.length; site++) {
      String method = "throwAt" + site + "(";
      long there = truth[site];
      missed +=
          told.sites(NUMBER).stream()
                  .anyMatch(it -> String.valueOf(it.site()).contains(method) && it.holds(there))
              ? 0
              : 1;
    }
    return missed;
  }

  private void throwAt(int site) {
    switch (site) {
      case 0 -> throwAt0();
      case 1 -> throwAt1();
      default -> throwAt2();
    }
  }

  private void throwAt0() {
    told.counts.accept(new NumberFormatException(), 1);
  }

  private void throwAt1() {
    told.counts.accept(new NumberFormatException(), 1);
  }

  private void throwAt2() {
    told.counts.accept(new NumberFormatException(), 1);
  }

  private void number() {
    told.counts.accept(new NumberFormatException(), 1);
  }

  private void numberElsewhere() {
    told.counts.accept(new NumberFormatException(), 1);
  }

  private void state() {
    told.counts.accept(new IllegalStateException(), 1);
  }
}
