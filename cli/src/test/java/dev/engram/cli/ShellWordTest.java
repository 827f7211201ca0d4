package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellWordTest {
  @Test
  void of_plainWord_isTheWord() {
    assertThat(ShellWord.of("~/.engram/a-b_1")).isEqualTo("~/.engram/a-b_1");
  }

  @Test
  void of_blanksAndQuotes_areQuoted() {
    assertThat(ShellWord.of("my home")).isEqualTo("'my home'");
    assertThat(ShellWord.of("it's")).isEqualTo("'it'\\''s'");
    assertThat(ShellWord.of("$HOME")).isEqualTo("'$HOME'");
    assertThat(ShellWord.of("")).isEqualTo("''");
  }
}
