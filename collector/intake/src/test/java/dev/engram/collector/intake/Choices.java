package dev.engram.collector.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Walks depth first through all ways a run may go: the run is made again and again from its start,
 * each time with the next combination of choices, and ends early where it meets a state that was
 * met before. Confined to one thread.
 */
final class Choices {
  /** Ends a run whose rest is known. */
  static final class Known extends Error {
    private static final long serialVersionUID = 1L;

    Known() {
      super(null, null, false, false);
    }
  }

  private static final class Choice {
    final int options;
    int chosen;

    Choice(int options) {
      this.options = options;
    }
  }

  private final List<Choice> path = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();
  private int at;

  /**
   * Chooses one of so many options.
   *
   * @param state all that the rest of the run depends on, as one number
   */
  int choose(int options, LongSupplier state) {
    if (at == path.size()) {
      if (!seen.add(state.getAsLong())) {
        throw new Known();
      }
      path.add(new Choice(options));
    }
    return path.get(at++).chosen;
  }

  /** Prepares the next run; false when there is none. */
  boolean next() {
    at = 0;
    while (!path.isEmpty() && last().chosen + 1 == last().options) {
      path.remove(path.size() - 1);
    }
    if (path.isEmpty()) {
      return false;
    }
    last().chosen++;
    return true;
  }

  private Choice last() {
    return path.get(path.size() - 1);
  }

  /** How many states were met. */
  int states() {
    return seen.size();
  }
}
