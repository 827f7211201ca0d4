package dev.engram.collector.intake;

/**
 * Counts the steps by which a process changes something outside itself, and kills it in one of
 * them. What is killed does nothing more: every further step ends the same way. For one thread.
 */
final class KillSwitch {
  private final int fatalStep;
  private int steps;

  /** Ends a process as {@code kill -9} does: nothing in the code under test catches it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(int step) {
      super("killed in step " + step, null, false, false);
    }
  }

  private KillSwitch(int fatalStep) {
    this.fatalStep = fatalStep;
  }

  /** Kills in this step, counted from 1. */
  static KillSwitch in(int step) {
    return new KillSwitch(step);
  }

  static KillSwitch never() {
    return new KillSwitch(Integer.MAX_VALUE);
  }

  /** A step that is done whole or not at all. */
  void step() {
    step(() -> {});
  }

  /** A step of which {@code half} remains when the process is killed in it. */
  void step(Runnable half) {
    steps++;
    if (steps == fatalStep) {
      half.run();
    }
    if (steps >= fatalStep) {
      throw new Killed(fatalStep);
    }
  }

  int steps() {
    return steps;
  }
}
