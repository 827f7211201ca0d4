package dev.engram.collector.analysis.compare;

import dev.engram.collector.analysis.compare.Change.Kind;
import dev.engram.collector.analysis.gate.RunProfile.SeenError;
import dev.engram.collector.analysis.gate.RunProfile.SeenTiming;
import dev.engram.collector.analysis.gate.RunProfile.Timed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An error group or a route, and how often it was seen in each of two parts of the memory. */
record Pair(
    boolean isError,
    String service,
    String subject,
    String detail,
    Frequency before,
    Frequency after) {
  private record Key(boolean isError, String service, String subject) {}

  /** A draft in which the one of later parts counts. */
  private record Seen(Key key, List<String> services, String detail, long count) {}

  /** All that were seen in either. */
  static List<Pair> of(Requests before, Requests after) {
    Map<Key, Seen> then = seen(before);
    Map<Key, Seen> now = seen(after);
    Map<Key, Seen> all = new LinkedHashMap<>(then);
    all.putAll(now);
    List<Pair> pairs = new ArrayList<>();
    for (Seen seen : all.values()) {
      Set<String> services = new TreeSet<>(then.getOrDefault(seen.key(), seen).services());
      services.addAll(seen.services());
      pairs.add(
          new Pair(
              seen.key().isError(),
              String.join(", ", services),
              seen.key().subject(),
              seen.detail(),
              before.frequency(services, count(then, seen)),
              after.frequency(services, count(now, seen))));
    }
    return pairs;
  }

  /** Infinite for what was not there before. */
  double ratio() {
    return before.count() == 0 ? Double.POSITIVE_INFINITY : after.rate() / before.rate();
  }

  boolean isNewError() {
    return isError && before.count() == 0;
  }

  /**
   * That a route is asked for more often is its callers' affair; that nobody asks for it is not.
   */
  boolean isTold() {
    return isError || before.count() == 0 || after.count() == 0;
  }

  Kind kind(boolean isMore) {
    if (!isError) {
      return isMore ? Kind.ROUTE_APPEARED : Kind.ROUTE_VANISHED;
    }
    if (isMore) {
      return before.count() == 0 ? Kind.ERROR_NEW : Kind.ERROR_MORE_FREQUENT;
    }
    return after.count() == 0 ? Kind.ERROR_GONE : Kind.ERROR_LESS_FREQUENT;
  }

  private static long count(Map<Key, Seen> part, Seen seen) {
    Seen found = part.get(seen.key());
    return found == null ? 0 : found.count();
  }

  private static Map<Key, Seen> seen(Requests part) {
    Map<Key, Seen> seen = new LinkedHashMap<>();
    part.profile().errors().forEach(error -> put(error(error), seen));
    part.profile().timings().stream()
        .filter(timing -> timing.timed() == Timed.ROUTE)
        .forEach(timing -> put(route(timing), seen));
    return seen;
  }

  private static void put(Seen one, Map<Key, Seen> seen) {
    seen.put(one.key(), one);
  }

  /** Its group has one label, whichever services had it. */
  private static Seen error(SeenError error) {
    String message = error.message().isEmpty() ? "" : ": " + error.message();
    return new Seen(
        new Key(true, "", error.label()), error.services(), error.type() + message, error.count());
  }

  private static Seen route(SeenTiming timing) {
    return new Seen(
        new Key(false, timing.service(), timing.name()),
        List.of(timing.service()),
        "",
        timing.timing().count());
  }
}
