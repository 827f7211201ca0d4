package dev.engram.agent.core.writer;

/** Where the writer's time comes from. */
public interface TimeSource {
  /** The machine's clocks. */
  TimeSource SYSTEM =
      new TimeSource() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public long epochMillis() {
          return System.currentTimeMillis();
        }
      };

  /** Never goes back; its zero means nothing. */
  long nanoTime();

  /** The wall clock, which may jump either way. */
  long epochMillis();
}
