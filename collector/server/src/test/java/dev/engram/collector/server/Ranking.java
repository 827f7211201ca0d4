package dev.engram.collector.server;

import dev.engram.collector.analysis.similar.SimilarityIndex;
import dev.engram.collector.analysis.similar.SimilarityIndex.Match;
import dev.engram.collector.server.Bootstrap.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How well the most similar traces are of the same bug, each asked about among all others. */
final class Ranking {
  /** Of each trace whose bug has others, at which place the first of them is found; from 0. */
  private final List<Found> found = new ArrayList<>();

  private final List<Pair> pairs = new ArrayList<>();

  private record Found(int trace, int place) {}

  private record Pair(int left, int right, boolean sameBug, double score) {}

  static Ranking of(LabelledTraces labelled) {
    SimilarityIndex index = new SimilarityIndex();
    labelled.traces().forEach(trace -> index.add(trace.trace().stack()));
    Ranking ranking = new Ranking();
    for (int i = 0; i < labelled.traces().size(); i++) {
      List<Match> matches =
          index.nearest(labelled.traces().get(i).trace().stack(), Integer.MAX_VALUE);
      ranking.add(labelled, i, matches);
    }
    ranking.pairs.sort(Comparator.comparingDouble(Pair::score));
    return ranking;
  }

  private void add(LabelledTraces labelled, int trace, List<Match> matches) {
    double[] scores = new double[labelled.traces().size()];
    int place = 0;
    int first = Integer.MAX_VALUE;
    for (Match match : matches) {
      scores[match.entry()] = match.score();
      if (match.entry() != trace) {
        first = labelled.sameBug(trace, match.entry()) ? Math.min(first, place) : first;
        place++;
      }
    }
    boolean hasOthers = false;
    for (int other = 0; other < scores.length; other++) {
      boolean sameBug = other != trace && labelled.sameBug(trace, other);
      hasOthers |= sameBug;
      if (other > trace) {
        pairs.add(new Pair(trace, other, sameBug, scores[other]));
      }
    }
    if (hasOthers) {
      found.add(new Found(trace, first));
    }
  }

  int asked() {
    return found.size();
  }

  /** The share of traces with one of their bug among the first so many. */
  Figure recallAt(int places, Bootstrap bootstrap) {
    return bootstrap.figure(
        weights -> {
          double sum = 0;
          double all = 0;
          for (Found one : found) {
            sum += one.place() < places ? weights[one.trace()] : 0;
            all += weights[one.trace()];
          }
          return sum / all;
        });
  }

  /** How probably two of one bug are more similar than two of different ones; a tie is half. */
  Figure areaUnderCurve(Bootstrap bootstrap) {
    return bootstrap.figure(this::areaUnderCurve);
  }

  private double areaUnderCurve(double[] weights) {
    double same = 0;
    double different = 0;
    double area = 0;
    for (int i = 0; i < pairs.size(); ) {
      double tiedSame = 0;
      double tiedDifferent = 0;
      double score = pairs.get(i).score();
      for (; i < pairs.size() && pairs.get(i).score() == score; i++) {
        Pair pair = pairs.get(i);
        double weight = weights[pair.left()] * weights[pair.right()];
        // Traces of one bug are drawn together: they make one pair each time.
        tiedSame += pair.sameBug() ? weights[pair.left()] : 0;
        tiedDifferent += pair.sameBug() ? 0 : weight;
      }
      area += tiedSame * (different + tiedDifferent / 2);
      same += tiedSame;
      different += tiedDifferent;
    }
    return area / (same * different);
  }
}
