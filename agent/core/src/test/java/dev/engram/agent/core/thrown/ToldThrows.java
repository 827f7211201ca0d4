package dev.engram.agent.core.thrown;

import dev.engram.agent.record.InAppFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a counter of throwables tells, and the places where it is told; one for each test. */
final class ToldThrows {
  static final String NUMBER = "java.lang.NumberFormatException";
  static final String STATE = "java.lang.IllegalStateException";

  /** What was told of one type, or of one site of it. */
  record Told(String type, @Nullable String site, long count, long low, long high) {
    boolean holds(long truth) {
      return low <= truth && truth <= high;
    }
  }

  final List<Told> all = new ArrayList<>();
  final AtomicLong now = new AtomicLong();
  boolean refuses;
  boolean refusesSites;
  final InAppFrames ours;
  final ThrowCounts counts;

  /** Of the throwables that this test constructs. */
  ToldThrows(Class<?> test) {
    ours = name -> name.equals(test.getName());
    counts = counts(new StackSamples());
  }

  ThrowCounts counts(StackSamples samples) {
    return new ThrowCounts(
        ours,
        10,
        samples,
        now::get,
        (type, site, period, count, low, high, frames) -> {
          boolean takes = !refuses && !(refusesSites && site != null);
          if (takes) {
            all.add(new Told(type, site, count, low, high));
          }
          return takes;
        });
  }

  long ofType(String type) {
    return all.stream()
        .filter(it -> it.type().equals(type) && it.site() == null)
        .mapToLong(Told::count)
        .sum();
  }

  List<Told> sites(String type) {
    return all.stream().filter(it -> it.type().equals(type) && it.site() != null).toList();
  }
}
