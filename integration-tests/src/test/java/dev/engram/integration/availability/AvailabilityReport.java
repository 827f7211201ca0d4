package dev.engram.integration.availability;

import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;

/** Writes what came out into the documents. */
public final class AvailabilityReport {
  private AvailabilityReport() {}

  /**
   * @param requests answered beside the probes
   */
  public static void write(
      Jdk jdk, Duration length, int kills, long seed, int requests, Availability it)
      throws IOException {
    String text =
        String.format(
            Locale.ROOT,
            "# %d minutes of collectors that are killed%n%n"
                + "`AvailabilityIT` with `-Pavailability` on JDK %s: a service with the agent is"
                + " asked %d times a second. The collector is killed%nwith `kill -9`, every %d"
                + " seconds on average, at random moments (seed %d), and started again 100 ms"
                + " later. Each second there is a%nprobe: a request that must be shown by `engram"
                + " tail` within two seconds after it was answered.%n%n"
                + "| probes | in time | share | 95%% between | kills | requests beside | lost |"
                + " twice |%n|---|---|---|---|---|---|---|---|%n"
                + "| %,d | %,d | %.2f%% | %.2f%% and %.2f%% | %d | %,d | 0 | 0 |%n%n"
                + "Every request that was answered is there once at the end; the test fails"
                + " otherwise.%n",
            length.toMinutes(),
            jdk.version(),
            Math.round((double) requests / length.toSeconds()),
            length.toSeconds() / 6,
            seed,
            it.probes(),
            it.inTime(),
            100 * it.share(),
            100 * it.low(),
            100 * it.high(),
            kills,
            requests);
    Files.writeString(Artifacts.root().resolve("docs/reports/availability.md"), text);
  }
}
