package dev.engram.agent.core.remedy;

/** What was seen of a pool, look by look. Confined to one thread. */
final class PoolLooks {
  private final UseTime use = new UseTime();
  private int count;
  private int waits;
  private int needed;
  private int quiet;

  /**
   * A look.
   *
   * @param size that the pool is set to by its owner
   * @param passed nanoseconds since the look before
   * @param lent since then
   */
  void add(OpenPool pool, int size, long passed, long lent) {
    count++;
    use.add(pool.state().used(), passed, lent);
    boolean suffices = pool.wanted() <= size;
    needed += suffices ? 0 : 1;
    quiet = suffices ? quiet + 1 : 0;
    // Also for one that the database does not let the pool have.
    waits += pool.state().pending() > 0 ? 1 : 0;
  }

  void clear() {
    forget();
    count = 0;
    quiet = 0;
  }

  /** How many there were, and for how long the size has sufficed, is kept. */
  void forget() {
    use.clear();
    waits = 0;
    needed = 0;
  }

  int count() {
    return count;
  }

  /** At which somebody waited. */
  int waits() {
    return waits;
  }

  /** At which more connections were wanted than the size. */
  int needed() {
    return needed;
  }

  /** At which the size has sufficed, since it did not. */
  int quiet() {
    return quiet;
  }

  /** How long connections were used, in nanoseconds; endless where none was lent. */
  double useTime() {
    return use.mean();
  }
}
