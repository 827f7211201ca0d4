package dev.engram.collector.analysis.similar;

import dev.engram.collector.store.ThrownStack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of an error is compared: that of its innermost cause.
 *
 * @param words of its message, those with digits left out
 * @param frames names of methods, innermost first; of the nearest throwable that has any
 */
record Symptom(String type, Set<String> words, List<String> frames) {
  private static final int MAX_CAUSES = 64;
  private static final int MAX_WORDS = 64;
  private static final int MAX_MESSAGE = 2048;

  static Symptom of(ThrownStack thrown) {
    ThrownStack innermost = thrown;
    List<String> frames = FrameNames.of(thrown.frames());
    for (int i = 0; i < MAX_CAUSES && innermost.cause() != null; i++) {
      innermost = innermost.cause();
      List<String> own = FrameNames.of(innermost.frames());
      frames = own.isEmpty() ? frames : own;
    }
    return new Symptom(innermost.type(), words(innermost), frames);
  }

  /** What is left to compare when its frames are known by number: there may be many errors. */
  Symptom withoutFrames() {
    return new Symptom(type, words, List.of());
  }

  private static Set<String> words(ThrownStack thrown) {
    String message = thrown.message() == null ? "" : thrown.message();
    int end = Math.min(message.length(), MAX_MESSAGE);
    List<String> words = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= end && words.size() < MAX_WORDS; i++) {
      if (i == end || !Character.isLetterOrDigit(message.charAt(i))) {
        addWord(message.substring(begin, i), words);
        begin = i + 1;
      }
    }
    return new HashSet<>(words);
  }

  private static void addWord(String word, List<String> words) {
    if (word.length() > 1 && word.chars().noneMatch(Character::isDigit)) {
      words.add(word);
    }
  }

  /** From 0 to 1: the words of both among those of either; 1 where neither says anything. */
  double sharedWords(Symptom other) {
    if (words.isEmpty() && other.words.isEmpty()) {
      return 1;
    }
    long both = words.stream().filter(other.words::contains).count();
    return (double) both / (words.size() + other.words.size() - both);
  }
}
