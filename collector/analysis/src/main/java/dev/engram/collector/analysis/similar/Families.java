package dev.engram.collector.analysis.similar;

import dev.engram.collector.store.ThrownStack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Families of fingerprints: a new fingerprint joins the family of the one it is most like, or
 * founds one. It never changes its family. Confined to one thread.
 */
public final class Families {
  /** How much alike is enough: what one stack and type make out alone, whatever messages say. */
  private static final double ENOUGH = 0.79;

  private final SimilarityIndex members = new SimilarityIndex();

  /** Of each member, in the order of the index. */
  private final List<Long> families = new ArrayList<>();

  private final Map<Long, Long> byFingerprint = new HashMap<>();

  /**
   * The family of an error: the fingerprint that founded it.
   *
   * @param stack looked at only where the fingerprint is new
   */
  public long of(long fingerprint, ThrownStack stack) {
    Long known = byFingerprint.get(fingerprint);
    return known == null ? join(fingerprint, stack) : known;
  }

  /** The short id of a family, such as {@code F-1f0c9a77b3d2}: as that of its founder. */
  public static String label(long family) {
    return String.format(Locale.ROOT, "F-%012x", family >>> 16);
  }

  private long join(long fingerprint, ThrownStack stack) {
    long family =
        members.nearest(stack, 1).stream()
            .filter(nearest -> nearest.score() >= ENOUGH)
            .map(nearest -> families.get(nearest.entry()))
            .findFirst()
            .orElse(fingerprint);
    members.add(stack);
    families.add(family);
    byFingerprint.put(fingerprint, family);
    return family;
  }
}
