package dev.engram.benchmarks.process;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.home.Recording;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A service that records the {@link RecordMix} at a steady rate through the real capture, ring and
 * queue, and ends. Settings come from system properties, as for the agent.
 */
public final class MixService {
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private MixService() {}

  /**
   * @param arguments records; records a second; whether there are begun notes
   */
  public static void main(String[] arguments) {
    long records = Long.parseLong(arguments[0]);
    long rate = Long.parseLong(arguments[1]);
    RecordMix mix = new RecordMix(Boolean.parseBoolean(arguments[2]));
    Configuration configuration =
        Configuration.load(
            null, System.getProperties(), System.getenv(), Set.of(), System.err::println);
    Recording recording = Recording.start(configuration, "mix");
    Capture.start(configuration, recording);
    pace(mix, records, rate);
    mix.finish();
    recording.stop();
  }

  /** Catches up when it was held up: the rate holds over any longer time. */
  private static void pace(RecordMix mix, long records, long rate) {
    long start = System.nanoTime();
    for (long record = 0; record < records; record++) {
      long due = start + record * NANOS_PER_SECOND / rate;
      while (System.nanoTime() - due < 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      mix.write();
    }
  }
}
