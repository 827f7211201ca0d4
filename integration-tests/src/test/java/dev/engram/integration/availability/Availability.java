package dev.engram.integration.availability;

import java.util.Locale;

/**
 * What came out.
 *
 * @param probes how many were sent to the service, answered or not
 * @param inTime how many of them could be asked for in time
 */
public record Availability(int probes, int inTime) {
  /** Two-sided, for 95%. */
  private static final double Z = 1.96;

  public double share() {
    return (double) inTime / probes;
  }

  /** The lower end of the 95% interval of the share (Wilson). */
  public double low() {
    return middle() - spread();
  }

  /** Its upper end. */
  public double high() {
    return middle() + spread();
  }

  private double middle() {
    return (share() + Z * Z / (2 * probes)) / (1 + Z * Z / probes);
  }

  private double spread() {
    double variance = share() * (1 - share()) / probes + Z * Z / (4.0 * probes * probes);
    return Z * Math.sqrt(variance) / (1 + Z * Z / probes);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d of %d probes in time (%.2f%%)", inTime, probes, 100 * share());
  }
}
