package dev.engram.benchmarks.load;

/** Does nothing: what is measured is the machine. */
final class EmptyTarget implements Target {
  @Override
  public Runnable work() {
    return () -> {};
  }

  @Override
  public long shed() {
    return 0;
  }

  @Override
  public void close() {}
}
