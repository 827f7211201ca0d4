package dev.engram.cli;

import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Loss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Which losses somebody who follows has been told already. For one thread. */
final class LossWatch {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  /** What makes two answers of a store speak of the same loss, which may have grown meanwhile. */
  private record Entry(InstanceId instance, String term, String reason, long minute) {}

  private final Map<Entry, Long> told = new HashMap<>();

  /** What is new among these losses, or by how much one has grown; from now on it is told. */
  List<Loss> fresh(List<Loss> losses) {
    List<Loss> fresh = new ArrayList<>();
    for (Loss loss : losses) {
      long minute = Math.floorDiv(loss.period().untilEpochNanos(), MINUTE);
      @Nullable Long before =
          told.put(new Entry(loss.instance(), loss.term(), loss.reason(), minute), loss.count());
      long growth = loss.count() - (before == null ? 0 : before);
      if (growth > 0) {
        fresh.add(
            new Loss(
                loss.instance(),
                loss.service(),
                loss.term(),
                loss.reason(),
                loss.period(),
                growth));
      }
    }
    return fresh;
  }
}
