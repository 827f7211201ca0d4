package dev.engram.collector.store.memory;

import dev.engram.collector.store.StoredException;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of one fingerprint and service.
 *
 * @param type of the latest to arrive, at {@code arrival}; so the message, null when it has gone
 */
record GroupShare(
    long fingerprint,
    String service,
    String type,
    @Nullable String message,
    long arrival,
    long count,
    long first,
    long last) {
  /** One that is there. */
  static GroupShare of(StoredException it) {
    long time = it.row().timeEpochNanos();
    return new GroupShare(
        it.row().fingerprint(),
        it.service(),
        it.row().type(),
        it.row().message(),
        it.arrival(),
        1,
        time,
        time);
  }

  /** The same when it has gone: what it said goes with it. */
  GroupShare gone() {
    return new GroupShare(fingerprint, service, type, null, arrival, count, first, last);
  }

  GroupShare plus(GroupShare other) {
    GroupShare latest = other.arrival > arrival ? other : this;
    return new GroupShare(
        fingerprint,
        service,
        latest.type,
        latest.message,
        latest.arrival,
        count + other.count,
        Math.min(first, other.first),
        Math.max(last, other.last));
  }
}
