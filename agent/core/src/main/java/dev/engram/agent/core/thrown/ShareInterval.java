package dev.engram.agent.core.thrown;

/**
 * Wilson's score interval of a share, at 95%.
 *
 * @param low 0 to 1
 * @param high low to 1
 */
record ShareInterval(double low, double high) {
  private static final double Z = 1.959964;

  /**
   * The interval of a share seen in so many samples.
   *
   * @param samples above 0; infinite where the share is known
   */
  static ShareInterval of(double share, double samples) {
    if (Double.isInfinite(samples)) {
      return new ShareInterval(share, share);
    }
    double spread = Z * Z / samples;
    double centre = (share + spread / 2) / (1 + spread);
    double half =
        Z * Math.sqrt(share * (1 - share) / samples + spread / (4 * samples)) / (1 + spread);
    return new ShareInterval(Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
