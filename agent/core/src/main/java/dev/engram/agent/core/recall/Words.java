package dev.engram.agent.core.recall;

import dev.engram.agent.record.control.Recollection;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * The different words of a text, as numbers. A word is a run of letters and digits, whatever their
 * case. Of long texts the beginning counts. Immutable.
 */
final class Words {
  /** Characters looked at: as many as are kept of an input. */
  private static final int LOOKED_AT = Recollection.LONGEST;

  /** Words looked at, repeats included. */
  private static final int MOST = 256;

  /** Ascending, none twice. */
  private final int[] hashes;

  private Words(int[] hashes) {
    this.hashes = hashes;
  }

  static Words of(CharSequence text) {
    int[] found = new int[MOST];
    int count = 0;
    int hash = 0;
    int end = Math.min(LOOKED_AT, text.length());
    for (int i = 0; i <= end && count < MOST; i++) {
      char c = i < end ? text.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c)) {
        hash = 31 * hash + Character.toLowerCase(c);
      } else if (hash != 0) {
        found[count++] = hash;
        hash = 0;
      }
    }
    return new Words(Arrays.stream(found, 0, count).sorted().distinct().toArray());
  }

  /** Of all of them, one after the other: the beginning, and of long ones the end as well. */
  static List<Words> ofEnds(List<String> texts) {
    StringBuilder begin = new StringBuilder();
    StringBuilder end = new StringBuilder();
    for (String text : texts) {
      begin.append(text, 0, Math.min(LOOKED_AT, text.length())).append('\n');
      end.append('\n').append(text, Math.max(0, text.length() - LOOKED_AT), text.length());
    }
    int over = end.length() - LOOKED_AT;
    return over <= 0 ? List.of(of(begin)) : List.of(of(begin), of(end.substring(over)));
  }

  int[] hashes() {
    return hashes;
  }

  /** The weights of all words together. */
  double weight(IntToDoubleFunction weight) {
    double sum = 0;
    for (int hash : hashes) {
      sum += weight.applyAsDouble(hash);
    }
    return sum;
  }

  /** The weights of the words that are in both. */
  double sharedWeight(Words other, IntToDoubleFunction weight) {
    double shared = 0;
    int at = 0;
    for (int hash : hashes) {
      while (at < other.hashes.length && other.hashes[at] < hash) {
        at++;
      }
      if (at < other.hashes.length && other.hashes[at] == hash) {
        shared += weight.applyAsDouble(hash);
      }
    }
    return shared;
  }
}
