package dev.engram.agent.core.recall;

import dev.engram.agent.record.control.Recollection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is recalled of one decision or node. Two inputs are as like as the share of their words
 * that they have in common, where a word counts the more the fewer of the cases have it (the
 * logarithm of all by those). Of a long input the beginning was kept, or of messages the end, so
 * that the more like of the two counts. Immutable.
 */
final class Cases {
  private final List<Case> cases = new ArrayList<>();

  /** By the hash of a word: in how many cases it is. */
  private final Map<Integer, Integer> frequency = new HashMap<>();

  private final int count;

  private record Case(Recollection recollection, Text input) {}

  /** What is compared: words, and what they weigh together. */
  private record Text(Words words, double weight) {}

  /**
   * Of one name.
   *
   * @param recollections latest first
   */
  Cases(List<Recollection> recollections) {
    count = recollections.size();
    List<Words> words = recollections.stream().map(it -> Words.of(it.input())).toList();
    for (Words each : words) {
      for (int hash : each.hashes()) {
        frequency.merge(hash, 1, Integer::sum);
      }
    }
    for (int i = 0; i < count; i++) {
      cases.add(new Case(recollections.get(i), text(words.get(i))));
    }
  }

  /** Most like first, or latest first where nothing is asked for that could be like. */
  List<Match> answers(Question question) {
    List<Match> matches = new ArrayList<>();
    List<String> texts = question.texts();
    String hash = question.hasInput() ? question.inputHash(texts) : null;
    List<Text> ends = Words.ofEnds(texts).stream().map(this::text).toList();
    for (Case each : cases) {
      double similarity = question.hasInput() ? similarity(each, hash, ends) : Double.NaN;
      if (isWanted(each.recollection, question) && similarity != 0) {
        matches.add(new Match(each.recollection, similarity));
      }
    }
    // Stable, so that the latest of equals is first; all are NaN or none is.
    matches.sort(Comparator.comparingDouble(Match::similarity).reversed());
    return List.copyOf(matches.subList(0, Math.min(question.limit(), matches.size())));
  }

  private static boolean isWanted(Recollection recollection, Question question) {
    return question.outcome() == null || question.outcome().equals(recollection.outcome());
  }

  private double similarity(Case known, @Nullable String hash, List<Text> ends) {
    if (hash != null && hash.equals(known.recollection.inputHash())) {
      return 1;
    }
    double most = 0;
    for (Text end : ends) {
      most = Math.max(most, similarity(known.input, end));
    }
    return most;
  }

  private double similarity(Text known, Text asked) {
    double shared = asked.words.sharedWeight(known.words, this::weight);
    double all = asked.weight + known.weight - shared;
    return all == 0 ? 0 : shared / all;
  }

  private Text text(Words words) {
    return new Text(words, words.weight(this::weight));
  }

  private double weight(int word) {
    return Math.log(1 + count / (double) frequency.getOrDefault(word, 1));
  }
}
