package dev.engram.benchmarks.load;

/** What the threads of one arm work against. Thread-safe. */
interface Target extends AutoCloseable {
  /** What one thread does at each beat; called once by each thread. */
  Runnable work();

  /** How many records were given up so far. */
  long shed();

  @Override
  void close();
}
