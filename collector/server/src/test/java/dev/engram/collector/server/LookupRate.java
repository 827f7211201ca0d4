package dev.engram.collector.server;

import dev.engram.collector.analysis.similar.SimilarityIndex;
import dev.engram.collector.store.ThrownStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How fast the most similar of many error groups are found, where most frames are those of all. */
final class LookupRate {
  static final int GROUPS = 100_000;

  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration MEASURED = Duration.ofSeconds(5);

  private LookupRate() {}

  /** Questions a second, asked by one thread. */
  static double measure() {
    SimilarityIndex index = new SimilarityIndex();
    for (int i = 0; i < GROUPS; i++) {
      index.add(error(i));
    }
    ask(index, WARM_UP);
    return ask(index, MEASURED) / (double) MEASURED.toSeconds();
  }

  private static int ask(SimilarityIndex index, Duration length) {
    long end = System.nanoTime() + length.toNanos();
    int asked = 0;
    while (System.nanoTime() < end) {
      int group = (int) (asked * 7919L % GROUPS);
      if (index.nearest(error(group), 5).get(0).entry() != group) {
        throw new AssertionError("group " + group + " is not most like itself");
      }
      asked++;
    }
    return asked;
  }

  /** Of a service with a filter chain: two methods of its own above forty that all share. */
  private static ThrownStack error(int number) {
    List<String> frames = new ArrayList<>();
    frames.add("com.acme.c" + number + ".Orders.place(Orders.java:1)");
    frames.add("com.acme.c" + number / 10 + ".Controller.handle(Controller.java:1)");
    for (int i = 0; i < 40; i++) {
      frames.add("org.framework.Chain" + i + ".proceed(Chain.java:1)");
    }
    return new ThrownStack("E", "it failed", 0, frames, 0, null, List.of());
  }
}
