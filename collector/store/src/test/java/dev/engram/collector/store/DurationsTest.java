package dev.engram.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationsTest {
  private final Durations durations = new Durations();

  @Test
  void percentiles_areByNearestRank() {
    for (int i = 20; i >= 1; i--) {
      durations.add(i * 10);
    }

    assertThat(durations.percentile(50)).isEqualTo(100);
    assertThat(durations.percentile(95)).isEqualTo(190);
    assertThat(durations.percentile(99)).isEqualTo(200);
    assertThat(durations.total()).isEqualTo(2_100);
    durations.add(1);
    assertThat(durations.percentile(1)).isEqualTo(1);
  }

  @Test
  void ofVeryMany_percentilesAreWithinAPercent() {
    int many = 100 * Durations.MOST_EXACT;
    for (int i = many; i >= 1; i--) {
      durations.add(i * 1_000L);
    }

    assertThat(durations.size()).isEqualTo(many);
    assertThat(durations.total()).isEqualTo(1_000L * many * (many + 1L) / 2);
    for (int percent : new int[] {1, 50, 95, 99, 100}) {
      assertThat((double) durations.percentile(percent))
          .isCloseTo(1_000.0 * many * percent / 100, withinPercentage(1));
    }
  }

  @Test
  void extremes_areCounted() {
    for (int i = 0; i < Durations.MOST_EXACT; i++) {
      durations.add(0);
    }
    durations.add(1);
    durations.add(Long.MAX_VALUE);

    assertThat(durations.percentile(50)).isZero();
    assertThat(durations.atRank(Durations.MOST_EXACT + 1)).isEqualTo(1);
    assertThat((double) durations.percentile(100)).isCloseTo(Long.MAX_VALUE, withinPercentage(1));
    assertThat(durations.total()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void sumsOfSums_areAsOfAll() {
    Random random = new Random(1);
    Durations all = new Durations();
    Durations byBuckets = new Durations();
    for (int part = 0; part < 30; part++) {
      Durations some = new Durations();
      for (int i = random.nextInt(1_200); i >= 0; i--) {
        long duration = (long) Math.exp(random.nextDouble() * 40);
        some.add(duration);
        all.add(duration);
      }
      durations.add(some);
      count(some, byBuckets);
    }

    assertThat(durations.size()).isEqualTo(all.size()).isEqualTo(byBuckets.size());
    assertThat(durations.total()).isEqualTo(all.total());
    for (int percent = 0; percent <= 100; percent++) {
      assertThat(durations.percentile(percent)).isEqualTo(all.percentile(percent));
      assertThat((double) byBuckets.percentile(percent))
          .isCloseTo(all.percentile(percent), withinPercentage(1));
    }
  }

  @Test
  void ofOneOrTwoThatAreCounted_percentilesAreExact() {
    count(one(1_234_567), durations);
    assertThat(durations.percentile(50)).isEqualTo(1_234_567);
    assertThat(durations.percentile(95)).isEqualTo(1_234_567);

    count(one(1_234_999), durations);
    assertThat(durations.percentile(50)).isEqualTo(1_234_567);
    assertThat(durations.percentile(95)).isEqualTo(1_234_999);
  }

  @Test
  void percentilesOfCounted_lieBetweenTheShortestAndTheLongest() {
    Random random = new Random(2);
    for (int turn = 0; turn < 200; turn++) {
      Durations counted = new Durations();
      long least = 1 + random.nextInt(1 << 24);
      for (int i = 0; i < 40; i++) {
        count(one(least + random.nextInt((int) (least / 500) + 1)), counted);
      }

      assertThat(counted.percentile(50)).isBetween(counted.shortest(), counted.longest());
      assertThat(counted.percentile(95)).isBetween(counted.shortest(), counted.longest());
    }
  }

  private static Durations one(long duration) {
    Durations one = new Durations();
    one.add(duration);
    return one;
  }

  /** As a store does that keeps their buckets alone. */
  private static void count(Durations some, Durations target) {
    List<Integer> buckets = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    some.eachBucket(
        (bucket, count) -> {
          buckets.add(bucket);
          counts.add(count);
        });
    target.add(
        buckets.stream().mapToInt(Integer::intValue).toArray(),
        counts.stream().mapToLong(Long::longValue).toArray(),
        buckets.size(),
        some.total(),
        some.shortest(),
        some.longest());
  }

  @Test
  void none_hasNoPercentile() {
    assertThat(durations.percentile(50)).isEqualTo(-1);
    assertThat(durations.total()).isZero();
  }
}
