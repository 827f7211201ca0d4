package dev.engram.collector.server;

import dev.engram.collector.server.Bootstrap.Figure;
import java.util.List;

/**
 * How well groups are bugs: precision is how many of those grouped with a trace are of its bug,
 * recall how many of its bug are grouped with it, averaged over traces (Bagga and Baldwin, 1998).
 */
record BCubed(double[] precisions, double[] recalls) {
  /**
   * Compares.
   *
   * @param groups of each trace
   */
  static BCubed of(LabelledTraces labelled, List<?> groups) {
    int size = groups.size();
    BCubed scores = new BCubed(new double[size], new double[size]);
    for (int i = 0; i < size; i++) {
      int grouped = 0;
      int ofBug = 0;
      int both = 0;
      for (int j = 0; j < size; j++) {
        boolean sameGroup = groups.get(i).equals(groups.get(j));
        boolean sameBug = labelled.sameBug(i, j);
        grouped += sameGroup ? 1 : 0;
        ofBug += sameBug ? 1 : 0;
        both += sameGroup && sameBug ? 1 : 0;
      }
      scores.precisions[i] = (double) both / grouped;
      scores.recalls[i] = (double) both / ofBug;
    }
    return scores;
  }

  Figure precision(Bootstrap bootstrap) {
    return bootstrap.figure(weights -> mean(precisions, weights));
  }

  Figure recall(Bootstrap bootstrap) {
    return bootstrap.figure(weights -> mean(recalls, weights));
  }

  /** The harmonic mean of the two. */
  Figure f1(Bootstrap bootstrap) {
    return bootstrap.figure(
        weights -> {
          double precision = mean(precisions, weights);
          double recall = mean(recalls, weights);
          return 2 * precision * recall / (precision + recall);
        });
  }

  static double mean(double[] values, double[] weights) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * weights[i];
      all += weights[i];
    }
    return sum / all;
  }
}
