package dev.engram.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.SearchQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetTest {
  @Test
  void shortText_isWhole_withItsPlaces() {
    Snippet snippet = Snippet.of("one\nneedle, two Needles, a NEEDLE", SearchQuery.of("needle"));

    assertThat(snippet.text()).isEqualTo("one needle, two Needles, a NEEDLE");
    assertThat(marked(snippet)).containsExactly("needle", "NEEDLE");
  }

  @Test
  void longText_isCutWhereMostPhrasesAre() {
    String hay = "hay ".repeat(200);
    String text = "needle " + hay + "needle and thread " + hay;

    Snippet snippet = Snippet.of(text, SearchQuery.of("thread needle"));

    assertThat(snippet.text()).startsWith("\u2026").endsWith("\u2026");
    assertThat(snippet.text()).hasSizeLessThan(220).contains("needle and thread");
    assertThat(marked(snippet)).containsExactly("needle", "thread");
  }

  @Test
  void phrasesOverOneAnother_areMarkedOnce() {
    Snippet snippet = Snippet.of("a b c", SearchQuery.of("\"a b\" \"b c\" a"));

    assertThat(marked(snippet)).containsExactly("a b");
  }

  @Test
  void pairsOfSurrogates_areNotCut() {
    for (int shift = 0; shift < 4; shift++) {
      String text =
          "x".repeat(shift) + "\ud83d\ude00".repeat(100) + " needle " + "\ud83d\ude00".repeat(200);
      Snippet snippet = Snippet.of(text, SearchQuery.of("needle"));

      assertThat(snippet.text().codePoints()).noneMatch(point -> point >= 0xd800 && point < 0xe000);
      assertThat(marked(snippet)).containsExactly("needle");
    }
  }

  private static List<String> marked(Snippet snippet) {
    return snippet.places().stream()
        .map(place -> snippet.text().substring(place.start(), place.end()))
        .toList();
  }
}
