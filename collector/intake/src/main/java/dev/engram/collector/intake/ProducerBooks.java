package dev.engram.collector.intake;

import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import dev.engram.collector.store.ProducerCounts;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an instance's ring header says of its records, as counts for the store. Stateless. */
final class ProducerBooks {
  private ProducerBooks() {}

  /** The header, if its counts can be trusted to be counts. */
  static Optional<RingHeader> readable(Optional<RingHeader> header) {
    return header.filter(it -> it.hasMagic() && it.version() == RingLayout.VERSION);
  }

  /**
   * The counts of a running instance; they move while they are read, so that sums may be off by
   * what was in flight.
   *
   * @param passed the number of the last excerpt that was read or found to be lost
   */
  static ProducerCounts running(RingHeader header, long passed) {
    long queued = Math.max(header.queued(), passed);
    Map<String, Long> shed = shed(header);
    long offered = header.offered();
    long inRing = Math.max(0, offered - sum(shed) - queued);
    return new ProducerCounts(
        offered, queued + inRing, shed, 0, queued, inRing, Math.max(0, queued - passed));
  }

  /**
   * The final counts of an instance that is gone. What it took straight from the ring counts as
   * queued. What remains was in flight when the process died, as far as it can have been; a larger
   * remainder is left to show as an imbalance.
   */
  static ProducerCounts settled(RingHeader header, long passed, RingDrain drain) {
    long queued = Math.max(header.queued(), passed) + drain.records();
    Map<String, Long> shed = shed(header);
    long offered = header.offered();
    long inFlight = Math.max(0, offered - header.answered()) + drain.claims();
    long remainder = offered - queued - sum(shed);
    long abandoned = Math.max(0, Math.min(remainder, inFlight));
    return new ProducerCounts(offered, queued, shed, abandoned, queued, 0, 0);
  }

  /** Counts read last, of an instance of which nothing more will be read. */
  static ProducerCounts allQueued(ProducerCounts last) {
    long offered = last.written() + sum(last.shed()) + last.abandoned();
    return new ProducerCounts(
        offered, last.written(), last.shed(), last.abandoned(), last.written(), 0, 0);
  }

  /** The counts of an instance whose ring tells nothing: all that is known is what was read. */
  static ProducerCounts withoutRing(long passed) {
    return new ProducerCounts(passed, passed, Map.of(), 0, passed, 0, 0);
  }

  private static Map<String, Long> shed(RingHeader header) {
    Map<String, Long> shed = new TreeMap<>();
    for (ShedReason reason : ShedReason.values()) {
      long records = header.shed(reason);
      if (records != 0) {
        shed.put(reason.label(), records);
      }
    }
    return shed;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
