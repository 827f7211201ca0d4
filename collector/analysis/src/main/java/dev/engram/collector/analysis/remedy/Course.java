package dev.engram.collector.analysis.remedy;

import dev.engram.collector.analysis.Proportion;
import java.util.concurrent.TimeUnit;

/**
 * The life of one remedy, episode by episode. That it helps is judged by all treated episodes; that
 * it fails by the latest, for what helped a thousand times may do harm from today on. Confined to
 * one thread.
 */
final class Course {
  /** So long one that was withdrawn is not tried again, unless a person says so. */
  static final long REST_NANOS = TimeUnit.HOURS.toNanos(1);

  /** Of the logarithms: what is likelier than that is no number any more. */
  private static final double LARGEST = 700;

  private static final double ENOUGH = Math.log(Evidence.ENOUGH);

  private final RemedyKind kind;
  private final Approvals approvals;
  private RemedyState state = RemedyState.OBSERVED;
  private long since;

  /** What was said before the latest withdrawal was for what has failed since. */
  private long withdrawnAt = Long.MIN_VALUE;

  /** When it was remembered to be active; it has been so since, unless it was withdrawn. */
  private long activeAt;

  private long now;
  private boolean unclear;
  private long observed;
  private long control;
  private long treated;
  private long resolved;
  private long masked;
  private long probes;
  private long probesFailed;
  private long refused;
  private long refusedAlone;
  private long addedNanos;

  /** Logarithms of the two ratios. */
  private double helps;

  private double fails;

  /**
   * One of which nothing is known yet.
   *
   * @param kind what it does
   * @param approvals what was said of it
   * @param activeAt when it was remembered to be active, in this version; {@code Long.MAX_VALUE} if
   *     that is not what was remembered last
   */
  Course(RemedyKind kind, Approvals approvals, long activeAt) {
    this.kind = kind;
    this.approvals = approvals;
    this.activeAt = activeAt;
  }

  /** Later ones later. */
  void take(Episode episode) {
    pass(episode.time());
    if (state == RemedyState.WITHDRAWN || episode.isSkipped()) {
      return;
    }
    since = since == 0 ? episode.time() : since;
    unclear |= episode.isUnclear();
    treated += episode.spared();
    if (episode.isProbe()) {
      probe(episode);
    } else if (episode.isTreated()) {
      treat(episode);
    } else if (episode.isControl()) {
      control++;
      refusedAlone += refused(episode);
      begin(episode.time());
    } else {
      observed++;
    }
  }

  /** It is this time now. */
  void pass(long time) {
    now = time;
    if (time >= activeAt) {
      if (state == RemedyState.OBSERVED || state == RemedyState.TRIAL) {
        become(RemedyState.ACTIVE, activeAt);
      }
      activeAt = Long.MAX_VALUE;
    }
    if (state == RemedyState.WITHDRAWN && (time - since >= REST_NANOS || isApproved())) {
      state = RemedyState.OBSERVED;
      since = time;
      observed = 0;
      control = 0;
      treated = 0;
      resolved = 0;
      masked = 0;
      probes = 0;
      probesFailed = 0;
      refused = 0;
      refusedAlone = 0;
      addedNanos = 0;
      helps = 0;
      fails = 0;
    }
  }

  /** The other service failed all the same, so nothing was lost; or it did not. */
  private void probe(Episode episode) {
    begin(episode.time());
    boolean failed = episode.probesFailed();
    probes++;
    probesFailed += failed ? 1 : 0;
    weigh(failed, episode.time());
  }

  private void treat(Episode episode) {
    begin(episode.time());
    if (episode.isSpared()) {
      // Only what was let through tells whether that was right.
      return;
    }
    treated++;
    refused += refused(episode);
    boolean well = episode.endedWell();
    masked += episode.isMasked() ? 1 : 0;
    resolved += well && !episode.isMasked() ? 1 : 0;
    addedNanos += episode.addedNanos();
    weigh(well, episode.time());
  }

  private long refused(Episode episode) {
    return kind == RemedyKind.LIMIT ? episode.refused() : 0;
  }

  private void weigh(boolean well, long time) {
    helps += logRatio(well, kind.helpful(), kind.helpless());
    fails = Math.max(0, fails) + logRatio(well, kind.poor(), kind.good());
    if (fails >= ENOUGH) {
      become(RemedyState.WITHDRAWN, time);
    } else if (state == RemedyState.TRIAL && helps >= ENOUGH) {
      become(RemedyState.ACTIVE, time);
    }
  }

  private void begin(long time) {
    if (state == RemedyState.OBSERVED) {
      become(RemedyState.TRIAL, time);
    }
  }

  private void become(RemedyState to, long time) {
    state = to;
    since = time;
    withdrawnAt = to == RemedyState.WITHDRAWN ? time : withdrawnAt;
  }

  private static double logRatio(boolean well, double one, double other) {
    return well ? Math.log(one / other) : Math.log((1 - one) / (1 - other));
  }

  RemedyState state() {
    return state;
  }

  long since() {
    return since;
  }

  boolean isUnclear() {
    return unclear;
  }

  /** Whether a person has said that it may be tried, after all that has failed. */
  boolean isApproved() {
    return approvals.count(now, withdrawnAt);
  }

  Evidence evidence() {
    return new Evidence(
        observed,
        control,
        new Proportion(resolved, treated),
        new Proportion(probesFailed, probes),
        refused,
        refusedAlone,
        masked,
        Math.exp(Math.min(helps, LARGEST)),
        Math.exp(Math.max(0, fails)),
        treated == 0 ? 0 : addedNanos / treated);
  }
}
