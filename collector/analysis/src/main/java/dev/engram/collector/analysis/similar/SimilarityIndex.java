package dev.engram.collector.analysis.similar;

import dev.engram.collector.store.ThrownStack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the errors most like another one. What counts is the stack, after FaST (Rodrigues et al.,
 * 2022): frames that both have add up by how near the top, how rare and how far from each other
 * they stand, frames of one alone are subtracted. The type and the words of the message have a
 * share too. Confined to one thread.
 */
public final class SimilarityIndex {
  private static final double STACK = 0.6;
  private static final double TYPE = 0.2;
  private static final double WORDS = 0.2;

  /** How fast two frames count less, the more positions lie between them. */
  private static final double DISTANCE = 0.5;

  /** How much less a frame counts that all stacks have. */
  private static final double FREQUENCY = 2;

  /**
   * Most errors that one question is compared with, those first that share its rarest frames. What
   * more than that have in common is asked about only where there is nothing rarer: with a frame
   * that all have, an index of any size would be walked.
   */
  private static final int MAX_COMPARED = 512;

  private static final Comparator<Match> BEST_FIRST =
      Comparator.comparingDouble(Match::score).reversed().thenComparingInt(Match::entry);

  private final Map<String, Integer> ids = new HashMap<>();
  private final List<Postings> byFrame = new ArrayList<>();
  private final Map<String, Postings> byType = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  /**
   * An error that is like the one asked about.
   *
   * @param entry its number, as {@link #add} gave it
   * @param score from 0 to 1, which is the same
   */
  public record Match(int entry, double score) {}

  private record Entry(Symptom symptom, StackFrames frames) {}

  /** Adds an error, and answers its number: 0, 1, 2 and so on. */
  public int add(ThrownStack thrown) {
    Symptom symptom = Symptom.of(thrown);
    symptom.frames().forEach(this::learn);
    int number = entries.size();
    Entry entry = entry(symptom);
    entries.add(entry);
    for (int id : distinctIds(entry.frames())) {
      byFrame.get(id).add(number);
    }
    byType.computeIfAbsent(symptom.type(), type -> new Postings()).add(number);
    return number;
  }

  private void learn(String frame) {
    ids.computeIfAbsent(
        frame,
        name -> {
          byFrame.add(new Postings());
          return byFrame.size() - 1;
        });
  }

  /** The errors most like this one, best first; those with nothing in common are not among them. */
  public List<Match> nearest(ThrownStack thrown, int limit) {
    Entry asked = entry(Symptom.of(thrown));
    List<Match> matches = new ArrayList<>();
    for (int candidate : candidates(asked)) {
      matches.add(new Match(candidate, score(asked, entries.get(candidate))));
    }
    matches.sort(BEST_FIRST);
    return List.copyOf(matches.subList(0, Math.min(limit, matches.size())));
  }

  /** Frames that no error of the index has get ids beyond all of those. */
  private Entry entry(Symptom symptom) {
    Map<String, Integer> unknown = new HashMap<>();
    int[] frames = new int[symptom.frames().size()];
    for (int i = 0; i < frames.length; i++) {
      Integer id = ids.get(symptom.frames().get(i));
      frames[i] =
          id != null
              ? id
              : unknown.computeIfAbsent(
                  symptom.frames().get(i), name -> ids.size() + unknown.size());
    }
    return new Entry(symptom.withoutFrames(), new StackFrames(frames));
  }

  private Postings postings(int id) {
    return id < byFrame.size() ? byFrame.get(id) : new Postings();
  }

  private Set<Integer> candidates(Entry asked) {
    Set<Integer> candidates = new LinkedHashSet<>();
    Arrays.stream(distinctIds(asked.frames()))
        .mapToObj(this::postings)
        .sorted(Comparator.comparingInt(Postings::size))
        .forEach(postings -> fill(candidates, postings));
    fill(candidates, byType.getOrDefault(asked.symptom().type(), new Postings()));
    return candidates;
  }

  private static int[] distinctIds(StackFrames frames) {
    int[] all = new int[frames.size()];
    Arrays.setAll(all, frames::id);
    return Arrays.stream(all).distinct().toArray();
  }

  /** The latest first. */
  private static void fill(Set<Integer> candidates, Postings postings) {
    if (postings.size() > MAX_COMPARED && !candidates.isEmpty()) {
      return;
    }
    for (int i = postings.size() - 1; i >= 0 && candidates.size() < MAX_COMPARED; i--) {
      candidates.add(postings.get(i));
    }
  }

  private double score(Entry asked, Entry other) {
    boolean sameType = asked.symptom().type().equals(other.symptom().type());
    return STACK * stack(asked.frames(), other.frames())
        + (sameType ? TYPE : 0)
        + WORDS * asked.symptom().sharedWords(other.symptom());
  }

  /** FaST's similarity, from 0 to 1. */
  private double stack(StackFrames asked, StackFrames other) {
    double all = 0;
    double shared = 0;
    int i = 0;
    int j = 0;
    while (i < asked.size() || j < other.size()) {
      int order = order(asked, i, other, j);
      double weight = order <= 0 ? weight(asked, i) : 0;
      weight += order >= 0 ? weight(other, j) : 0;
      all += weight;
      if (order == 0) {
        int distance = Math.abs(asked.position(i) - other.position(j));
        shared += weight * (1 + Math.exp(-DISTANCE * distance)) / 2;
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return all == 0 ? 1 : shared / all;
  }

  /** Which of the two comes next: below 0 the left one, above 0 the right one, 0 both. */
  private static int order(StackFrames left, int i, StackFrames right, int j) {
    if (i == left.size()) {
      return 1;
    }
    return j == right.size() ? -1 : Integer.compare(left.id(i), right.id(j));
  }

  private double weight(StackFrames frames, int i) {
    int id = frames.id(i);
    int having = id < byFrame.size() ? byFrame.get(id).size() : 0;
    double share = (double) having / entries.size();
    return Math.exp(-FREQUENCY * share) / frames.position(i);
  }
}
