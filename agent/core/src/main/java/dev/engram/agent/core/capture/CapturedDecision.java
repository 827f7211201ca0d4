package dev.engram.agent.core.capture;

import java.util.List;
import java.util.Map;

/**
 * A decision as it was made; redacted and cut where it enters its record. Immutable.
 *
 * @param name few different ones
 * @param options in order; empty when unknown
 * @param confidence 0 to 1; NaN when unknown
 * @param confidenceSource {@code stated}, {@code log_probability}, {@code score}, {@code rule}, or
 *     empty
 * @param reasoning steps in order
 * @param inputs what it was decided on, of which a hash is kept
 * @param attributes values are String, Long, Double or Boolean
 */
public record CapturedDecision(
    String name,
    List<String> options,
    String chosen,
    double confidence,
    String confidenceSource,
    List<String> reasoning,
    List<String> inputs,
    Map<String, Object> attributes) {
  /** Before the name of a correlation key: the name of its attribute. */
  public static final String CORRELATION = "engram.correlation.";
}
