package dev.engram.agent.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
  @Test
  void edits_countInsertionsDeletionsAndReplacements() {
    assertThat(Spelling.edits("kitten", "sitting")).isEqualTo(3);
    assertThat(Spelling.edits("", "abc")).isEqualTo(3);
    assertThat(Spelling.edits("same", "same")).isZero();
  }

  @Test
  void nearest_amongUnlikeWords_isNull() {
    assertThat(Spelling.nearest("zebra", List.of("home", "capture"))).isNull();
  }
}
