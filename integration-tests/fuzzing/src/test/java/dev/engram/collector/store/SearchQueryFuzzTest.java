package dev.engram.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.engram.collector.store.SearchQuery.Phrase;
import dev.engram.collector.store.SearchQuery.Place;
import java.util.ArrayList;
import java.util.List;

/** Whatever is typed and whatever is searched: no failure, and places that are in the text. */
class SearchQueryFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void query_isNeverMalformed_andItsPlacesAreInTheText(FuzzedDataProvider data) {
    SearchQuery query = SearchQuery.of(data.consumeString(200));
    String text = data.consumeRemainingAsString();

    int words = 0;
    for (Phrase phrase : query.phrases()) {
      words += phrase.words().size();
      assertThat(phrase.words()).isNotEmpty().allMatch(word -> isOneWord(word));
    }
    assertThat(words).isLessThanOrEqualTo(SearchQuery.MOST_WORDS);
    for (Place place : query.places(text)) {
      assertThat(place.start()).isNotNegative().isLessThan(place.end());
      assertThat(place.end()).isLessThanOrEqualTo(text.length());
    }
    List<String> visited = new ArrayList<>();
    SearchWords.visit(text, (word, start, end) -> visited.add(word));
    assertThat(SearchWords.joined(text)).isEqualTo(String.join(" ", visited));
    SearchQuery itself = SearchQuery.of('"' + text.replace('"', ' ') + '"');
    assertThat(itself.matches(text)).isEqualTo(!itself.phrases().isEmpty());
  }

  /** What an engine would take for several words, or for syntax, is in none. */
  private static boolean isOneWord(String word) {
    return !word.isEmpty()
        && word.codePoints()
            .allMatch(point -> point >= 0x80 ? point < 0xd800 || point > 0xdfff : isPlain(point));
  }

  private static boolean isPlain(int point) {
    return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
  }
}
