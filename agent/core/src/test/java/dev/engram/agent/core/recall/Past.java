package dev.engram.agent.core.recall;

import dev.engram.agent.record.control.Recollection;
import java.time.Instant;
import java.util.List;

/** Recollections for tests. */
final class Past {
  private static final Instant TIME = Instant.parse("2026-01-30T11:00:00Z");

  private Past() {}

  static Recollection decision(String answer, String outcome, String inputHash, String input) {
    return new Recollection(
        Recollection.DECISION,
        "",
        "route order",
        "00f067aa0ba902b7",
        TIME,
        inputHash,
        input,
        answer,
        0.5,
        outcome,
        List.of());
  }

  static Recollection node(String workflow, String answer) {
    return node(workflow, answer, "", "{\"text\":\"my parcel is late\"}");
  }

  static Recollection node(String workflow, String answer, String inputHash, String input) {
    return new Recollection(
        Recollection.NODE,
        workflow,
        "classify",
        "00f067aa0ba902b8",
        TIME,
        inputHash,
        input,
        answer,
        Double.NaN,
        "success",
        List.of());
  }
}
