package dev.engram.collector.server;

import dev.engram.collector.analysis.similar.Families;
import dev.engram.collector.server.Bootstrap.Figure;
import dev.engram.collector.server.LabelledTraces.Labelled;
import dev.engram.collector.store.ThrownStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@link GroupingQualityTest} measures, as figures and as the document about them. */
final class GroupingReport {
  private static final String HEAD =
      """
      # How well errors are grouped

      Measured on %d stack traces of %d bugs that are known, from the failing tests of real projects ([where from, and their
      licence](../collector/server/src/test/resources/stacktraces/ATTRIBUTION.md)), by

      ```sh
      mvn -B verify -pl collector/server -am -Dtest=GroupingQualityTest -Dsurefire.failIfNoSpecifiedTests=false -DskipITs \\
        -Dengram.grouping.write=true
      ```

      which writes this page. `-Dengram.grouping.traces=FILE` measures other traces: JSON Lines with `id`, `project`, `label` and
      `trace`, the text as `printStackTrace` gives it. The rules were chosen on these traces, and kept only where they hold in any
      program. Behind each figure stands between which values 95%% of 1,000 draws of the bugs lie.

      ## Groups

      B-cubed: precision is how many of those grouped with a trace are of its bug, recall how many of its bug are grouped with it,
      averaged over traces; F1 is their harmonic mean. A **fingerprint** is one error; a **family** is fingerprints that look alike,
      in the order in which they came. The last row is what a hash of the type and of all frames would do.

      | | precision | recall | F1 |
      |---|---|---|---|
      """;

  private static final String GOALS =
      """

      Goals, for fingerprints of traces that were never looked at: precision %s here, F1 %s; for similar errors below a recall at 5 of
      %s, and if it can be %s.
      """;

  private static final double PRECISION = 0.95;
  private static final double F1 = 0.90;
  private static final double RECALL = 0.925;
  private static final double WANTED_RECALL = 0.95;

  private static final String SIMILAR =
      """

      ## Similar errors

      Each trace is asked about among all others. The area under the curve is how probably two traces of one bug are more similar
      than two of different bugs; recall at k is of the %d traces whose bug has others, for how many one of them is among the first k.

      | area under the curve | recall at 1 | recall at 5 |
      |---|---|---|
      | %s | %s | %s |

      ## Project by project

      Precision and recall of fingerprints; no project has a say in the rules for another.

      | project | traces | precision | recall |
      |---|---|---|---|
      """;

  private static final String SPEED =
      """

      ## Speed

      Among %,d groups whose stacks share forty of their 42 frames, one thread finds the five most similar ones %,d times a second.
      That is an index in memory, which nothing keeps: `engram similar` reads the latest exception of each group for every question. With
      so many groups in SQLite, on two cores that others used too, it took 11 seconds where one question for each group took 26.
      """;

  private final LabelledTraces labelled;
  private final Bootstrap bootstrap;
  private final BCubed fingerprints;
  private final BCubed families;
  private final BCubed allFrames;
  private final Ranking ranking;

  GroupingReport(LabelledTraces labelled) {
    this.labelled = labelled;
    this.bootstrap = Bootstrap.of(labelled);
    this.fingerprints = fingerprints(labelled);
    this.families = BCubed.of(labelled, families(labelled));
    this.allFrames =
        BCubed.of(labelled, labelled.traces().stream().map(GroupingReport::typeAndFrames).toList());
    this.ranking = Ranking.of(labelled);
  }

  private static BCubed fingerprints(LabelledTraces labelled) {
    return BCubed.of(
        labelled, labelled.traces().stream().map(trace -> trace.trace().fingerprint()).toList());
  }

  private static List<Long> families(LabelledTraces labelled) {
    Families families = new Families();
    List<Long> found = new ArrayList<>();
    for (Labelled one : labelled.traces()) {
      found.add(families.of(one.trace().fingerprint(), one.trace().stack()));
    }
    return found;
  }

  private static List<String> typeAndFrames(Labelled labelled) {
    List<String> parts = new ArrayList<>();
    for (ThrownStack it = labelled.trace().stack(); it != null; it = it.cause()) {
      parts.add(it.type());
      it.frames().forEach(frame -> parts.add(frame.substring(0, frame.lastIndexOf('('))));
    }
    return parts;
  }

  Figure fingerprintPrecision() {
    return fingerprints.precision(bootstrap);
  }

  Figure fingerprintF1() {
    return fingerprints.f1(bootstrap);
  }

  Figure familyPrecision() {
    return families.precision(bootstrap);
  }

  Figure recallAt(int places) {
    return ranking.recallAt(places, bootstrap);
  }

  String document() {
    StringBuilder text = new StringBuilder();
    text.append(format(HEAD, labelled.traces().size(), labelled.bugs().size()));
    groups(text, "fingerprint", fingerprints);
    groups(text, "family", families);
    groups(text, "type and all frames", allFrames);
    text.append(
        format(
            GOALS,
            goal(fingerprintPrecision(), PRECISION),
            goal(fingerprintF1(), F1),
            goal(recallAt(5), RECALL),
            goal(recallAt(5), WANTED_RECALL)));
    text.append(
        format(
            SIMILAR,
            ranking.asked(),
            text(ranking.areaUnderCurve(bootstrap)),
            text(recallAt(1)),
            text(recallAt(5))));
    for (String project : labelled.projects()) {
      LabelledTraces own = labelled.of(project);
      BCubed scores = fingerprints(own);
      Bootstrap draws = Bootstrap.of(own);
      text.append(
          format(
              "| %s | %d | %.3f | %.3f |%n",
              project,
              own.traces().size(),
              scores.precision(draws).value(),
              scores.recall(draws).value()));
    }
    return text.toString();
  }

  /** The section about how many questions a second are answered. */
  String speed(double rate) {
    return format(SPEED, LookupRate.GROUPS, 100 * Math.round(rate / 100));
  }

  private void groups(StringBuilder text, String name, BCubed scores) {
    text.append(
        format(
            "| %s | %s | %s | %s |%n",
            name,
            text(scores.precision(bootstrap)),
            text(scores.recall(bootstrap)),
            text(scores.f1(bootstrap))));
  }

  private static String goal(Figure figure, double goal) {
    return format("%.3f: %s", goal, figure.value() >= goal ? "reached" : "**missed**");
  }

  private static String text(Figure figure) {
    return format("%.3f (%.3f to %.3f)", figure.value(), figure.low(), figure.high());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
