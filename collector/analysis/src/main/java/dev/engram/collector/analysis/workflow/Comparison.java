package dev.engram.collector.analysis.workflow;

import dev.engram.collector.analysis.Proportion;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.ContinuousDistribution.Sampler;

/**
 * How likely each of several ways is the one that succeeds most, by Monte Carlo over the posterior
 * Beta(1 + s, 1 + f) of each (Scott, A modern Bayesian look at the multi-armed bandit, 2010), and
 * what choosing it is expected to lose against the best (Stucchio, Bayesian A/B testing at VWO,
 * 2015). Where runs are told apart by their input, each way's rate is the mean of its rates per
 * input, weighted by how often that input came to any of them (direct standardisation: Rothman,
 * Greenland, Lash, Modern Epidemiology), so that a way is not blamed for hard inputs. The seed is
 * fixed: the same counts give the same answer.
 */
final class Comparison {
  static final int DRAWS = 20_000;
  private static final long SEED = 0x454e4752414dL;

  /**
   * What is said of one way.
   *
   * @param best the probability that no other way succeeds more often
   * @param expectedLoss by how much the best way's rate is expected to be higher
   */
  record Chance(double best, double expectedLoss) {}

  private Comparison() {}

  /** Compares ways by their successes. */
  static List<Chance> of(List<Proportion> ways) {
    return of(ways.stream().map(List::of).toList(), List.of(1.0));
  }

  /**
   * Compares ways by their successes with each input.
   *
   * @param ways of each way its successes with each input
   * @param weights of the inputs, with sum 1
   */
  static List<Chance> of(List<List<Proportion>> ways, List<Double> weights) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(SEED);
    List<List<Sampler>> samplers =
        ways.stream()
            .map(way -> way.stream().map(it -> it.posterior().createSampler(random)).toList())
            .toList();
    int[] best = new int[ways.size()];
    double[] loss = new double[ways.size()];
    double[] rates = new double[ways.size()];
    for (int draw = 0; draw < DRAWS; draw++) {
      int first = draw(samplers, weights, rates);
      best[first]++;
      for (int way = 0; way < rates.length; way++) {
        loss[way] += rates[first] - rates[way];
      }
    }
    List<Chance> chances = new ArrayList<>();
    for (int way = 0; way < rates.length; way++) {
      chances.add(new Chance((double) best[way] / DRAWS, loss[way] / DRAWS));
    }
    return chances;
  }

  /** Draws a rate for each way; returns which is highest. */
  private static int draw(List<List<Sampler>> samplers, List<Double> weights, double[] rates) {
    int first = 0;
    for (int way = 0; way < rates.length; way++) {
      double rate = 0;
      for (int input = 0; input < weights.size(); input++) {
        rate += weights.get(input) * samplers.get(way).get(input).sample();
      }
      rates[way] = rate;
      first = rate > rates[first] ? way : first;
    }
    return first;
  }
}
