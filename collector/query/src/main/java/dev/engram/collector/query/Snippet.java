package dev.engram.collector.query;

import dev.engram.collector.store.SearchQuery;
import dev.engram.collector.store.SearchQuery.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a text that shows best why it was found.
 *
 * @param text of the part; an ellipsis stands where the text goes on
 * @param places of the phrases in it, in its order, none over another
 */
public record Snippet(String text, List<Place> places) {
  private static final int LENGTH = 200;

  /** Characters before the first phrase. */
  private static final int BEFORE = 40;

  private static final String MORE = "\u2026";

  /** The part with the most phrases, the first of them when there are several. */
  static Snippet of(String text, SearchQuery query) {
    List<Place> all = query.places(text);
    int best = 0;
    int most = 0;
    for (int first = 0; first < all.size(); first++) {
      int count = within(all, first);
      if (count > most) {
        most = count;
        best = first;
      }
    }
    int phrase = all.isEmpty() ? 0 : all.get(best).start();
    boolean fromStart = text.length() <= LENGTH || phrase <= BEFORE;
    int start = fromStart ? 0 : whole(text, phrase - BEFORE);
    int end = start + LENGTH >= text.length() ? text.length() : whole(text, start + LENGTH);
    return cut(text, start, end, all);
  }

  private static int within(List<Place> all, int first) {
    int last = first;
    while (last < all.size() && all.get(last).end() - all.get(first).start() <= LENGTH - BEFORE) {
      last++;
    }
    return last - first;
  }

  private static Snippet cut(String text, int start, int end, List<Place> all) {
    String before = start == 0 ? "" : MORE;
    List<Place> places = new ArrayList<>();
    int free = start;
    for (Place place : all) {
      if (place.start() >= free && place.start() < end) {
        free = Math.min(place.end(), end);
        int shift = before.length() - start;
        places.add(new Place(place.start() + shift, free + shift));
      }
    }
    String after = end == text.length() ? "" : MORE;
    return new Snippet(
        before + text.substring(start, end).replace('\n', ' ') + after, List.copyOf(places));
  }

  /** Not between the halves of a surrogate pair. */
  private static int whole(String text, int index) {
    return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
  }
}
