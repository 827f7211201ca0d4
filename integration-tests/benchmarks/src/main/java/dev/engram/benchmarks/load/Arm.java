package dev.engram.benchmarks.load;

import java.nio.file.Path;

/** What the threads do at each beat. */
enum Arm {
  /** What the scheduler and the clock do to a thread that does nothing. */
  EMPTY("nothing"),
  SPAN("a SERVER span with 8 attributes"),
  RING("256 bytes into the ring"),
  QUEUE("256 bytes into Chronicle Queue");

  /** Bytes of a record in the arms without capture. */
  static final int RECORD_LENGTH = 256;

  private final String label;

  Arm(String label) {
    this.label = label;
  }

  /** As the report calls it. */
  String label() {
    return label;
  }

  /** Makes what the threads work against, with its files in {@code folder}. */
  Target open(Path folder) {
    return switch (this) {
      case EMPTY -> new EmptyTarget();
      case SPAN -> new SpanTarget(folder);
      case RING -> new RingTarget(folder);
      case QUEUE -> new QueueTarget(folder);
    };
  }
}
