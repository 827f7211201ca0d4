package dev.engram.collector.store.memory;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.StoredException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is left of exceptions that went with their age. Under the lock of the memory. */
final class GoneExceptions {
  private final Map<List<Object>, GroupShare> shares = new HashMap<>();

  void add(StoredException exception) {
    GroupShare share = GroupShare.of(exception).gone();
    shares.merge(List.of(share.fingerprint(), share.service()), share, GroupShare::plus);
  }

  Stream<Long> fingerprints() {
    return shares.values().stream().map(GroupShare::fingerprint);
  }

  /** Takes out those of which the last was before this; how many there are. */
  long removeBefore(long epochNanos, boolean really) {
    long before = shares.values().stream().filter(it -> it.last() < epochNanos).count();
    if (really) {
      shares.values().removeIf(it -> it.last() < epochNanos);
    }
    return before;
  }

  /** Those that the filter takes as a whole. */
  Stream<GroupShare> taken(ExceptionFilter filter) {
    return shares.values().stream()
        .filter(it -> filter.where().isAny())
        .filter(it -> filter.service() == null || filter.service().equals(it.service()))
        .filter(it -> filter.sinceEpochNanos() == 0 || it.first() >= filter.sinceEpochNanos())
        .filter(it -> filter.untilEpochNanos() == 0 || it.last() < filter.untilEpochNanos());
  }
}
