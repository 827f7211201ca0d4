package dev.engram.agent.core.thrown;

import dev.engram.agent.record.StackFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the sampled throwables of one type were constructed, and what that says of all of them.
 * Used by one thread.
 */
final class SiteCounts {
  /** Sites told apart in one period. */
  private static final int SITES = 64;

  private static final String OTHER_SITES = "(other sites)";

  /** What the last digits of a share may be wrong by. */
  private static final double ROUNDING = 1e-6;

  /**
   * What is known of one site.
   *
   * @param count an estimate
   * @param low and high, between which it lies with 95% confidence
   * @param frames of one of its stacks
   */
  record Estimate(String site, long count, long low, long high, List<StackFrame> frames) {}

  private static final class Site {
    private final List<StackFrame> frames;
    private double weight;

    Site(List<StackFrame> frames) {
      this.frames = frames;
    }
  }

  private final Map<String, Site> sites = new LinkedHashMap<>();
  private long samples;
  private double weight;
  private double squares;

  void add(String site, double sampleWeight, List<StackFrame> frames) {
    String name = sites.size() < SITES || sites.containsKey(site) ? site : OTHER_SITES;
    sites.computeIfAbsent(name, absent -> new Site(frames)).weight += sampleWeight;
    samples++;
    weight += sampleWeight;
    squares += sampleWeight * sampleWeight;
  }

  /** The sites, when so many were constructed in all; their counts add up to that. */
  List<Estimate> estimates(long constructed) {
    boolean all = samples >= constructed;
    double effective = all ? Double.POSITIVE_INFINITY : effective(constructed);
    List<Estimate> estimates = new ArrayList<>(sites.size());
    double before = 0;
    for (Map.Entry<String, Site> entry : sites.entrySet()) {
      Site site = entry.getValue();
      double through = before + site.weight;
      long count = scaled(through, constructed) - scaled(before, constructed);
      ShareInterval interval = ShareInterval.of(site.weight / weight, effective);
      long low = (long) Math.floor(interval.low() * constructed + ROUNDING);
      long high = (long) Math.ceil(interval.high() * constructed - ROUNDING);
      estimates.add(
          new Estimate(
              entry.getKey(), count, Math.min(low, count), Math.max(high, count), site.frames));
      before = through;
    }
    return estimates;
  }

  private long scaled(double part, long constructed) {
    return Math.round(part / weight * constructed);
  }

  /**
   * Samples of equal weight that would say as much, more where they are a good part of all there
   * were.
   */
  private double effective(long constructed) {
    double kish = weight * weight / squares;
    return kish * (constructed - 1) / (constructed - samples);
  }
}
