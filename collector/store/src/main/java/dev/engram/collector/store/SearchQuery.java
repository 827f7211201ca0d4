package dev.engram.collector.store;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody searches for: every phrase must be in the text. Immutable.
 *
 * @param phrases none when there is nothing to search for
 * @param cut whether more was asked than {@value #MOST_WORDS} words, which alone count
 */
public record SearchQuery(List<Phrase> phrases, boolean cut) {
  /** Most words of a query. */
  public static final int MOST_WORDS = 32;

  private static final Pattern PIECE = Pattern.compile("\"([^\"]*)(?:\"|\\z)|[^\\s\"]+");

  /**
   * Words that must follow one another.
   *
   * @param words at least one, as {@link SearchWords} gives them
   * @param prefix whether the last is only the beginning of a word
   */
  public record Phrase(List<String> words, boolean prefix) {
    private boolean isAt(int first, List<String> text) {
      int last = words.size() - 1;
      if (first + last >= text.size()) {
        return false;
      }
      boolean begins = text.subList(first, first + last).equals(words.subList(0, last));
      String end = text.get(first + last);
      return begins && (prefix ? end.startsWith(words.get(last)) : end.equals(words.get(last)));
    }
  }

  /**
   * Where a phrase is in a text.
   *
   * @param start in characters
   * @param end exclusive
   */
  public record Place(int start, int end) {}

  /**
   * Reads what a person typed. What stands between blanks is a phrase, such as {@code
   * java.io.IOException}, and what stands between double quotes; a word that ends in {@code *} is
   * the beginning of one. All other characters only separate words; no text is malformed.
   */
  public static SearchQuery of(String typed) {
    List<Phrase> phrases = new ArrayList<>();
    Matcher piece = PIECE.matcher(typed);
    int room = MOST_WORDS;
    while (piece.find()) {
      boolean quoted = piece.group(1) != null;
      List<String> words = words(quoted ? piece.group(1) : piece.group(), room + 1);
      boolean cut = words.size() > room;
      words = words.subList(0, Math.min(room, words.size()));
      if (!words.isEmpty()) {
        boolean prefix = !quoted && !cut && piece.group().endsWith("*");
        phrases.add(new Phrase(List.copyOf(words), prefix));
      }
      if (cut) {
        return new SearchQuery(List.copyOf(phrases), true);
      }
      room -= words.size();
    }
    return new SearchQuery(List.copyOf(phrases), false);
  }

  /** Whether all of it is in this text; false when there is nothing to search for. */
  public boolean matches(String text) {
    return !places(text).isEmpty();
  }

  /** Where in this text its phrases are, in the order of the text; empty unless all of them are. */
  public List<Place> places(String text) {
    List<String> words = new ArrayList<>();
    List<Place> each = new ArrayList<>();
    SearchWords.visit(
        text,
        (word, start, end) -> {
          each.add(new Place(start, end));
          return words.add(word);
        });
    List<Place> places = new ArrayList<>();
    for (Phrase phrase : phrases) {
      int before = places.size();
      for (int first = 0; first < words.size(); first++) {
        if (phrase.isAt(first, words)) {
          int last = first + phrase.words().size() - 1;
          places.add(new Place(each.get(first).start(), each.get(last).end()));
        }
      }
      if (places.size() == before) {
        return List.of();
      }
    }
    places.sort((one, other) -> Integer.compare(one.start(), other.start()));
    return places;
  }

  private static List<String> words(String piece, int most) {
    List<String> words = new ArrayList<>();
    SearchWords.visit(piece, (word, start, end) -> words.add(word) && words.size() < most);
    return words;
  }
}
