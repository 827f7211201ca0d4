package dev.engram.agent.core.remedy;

import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A limit that is there without an overload, and remedies that are in force. */
final class GivenLimit {
  private GivenLimit() {}

  /** With these places, all of them free. */
  static ConcurrencyLimit at(String place, int places) {
    LimitedPeer peer = Objects.requireNonNull(CalledServices.at(place)).limit();
    List<CallWindow> calls = Stream.generate(peer::begin).limit(places).toList();
    peer.limited(true);
    calls.forEach(it -> peer.ended(it, LimitedCall.Outcome.UNKNOWN));
    return Objects.requireNonNull(peer.limit());
  }

  static Remedy trial(String place) {
    return new Remedy("R-000000000001", "limit " + place, 0, Remedy.State.TRIAL, 0.5);
  }

  static void apply(Remedy... remedies) {
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedies)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(10));
  }
}
