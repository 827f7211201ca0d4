package dev.engram.collector.analysis.similar;

import java.util.Arrays;

/** The errors that have something in common, in the order they came. Confined to one thread. */
final class Postings {
  private int[] entries = new int[2];
  private int size;

  void add(int entry) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
    }
    entries[size++] = entry;
  }

  int size() {
    return size;
  }

  /** The i-th to come. */
  int get(int i) {
    return entries[i];
  }
}
