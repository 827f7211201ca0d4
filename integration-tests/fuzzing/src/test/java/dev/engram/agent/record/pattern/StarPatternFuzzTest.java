package dev.engram.agent.record.pattern;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Filters of requests and masks of names, beside the JDK's regular expressions. */
class StarPatternFuzzTest {
  private static final String[] LETTERS = {"a", "b", "*", "**", "ab", "/", ""};

  @FuzzTest(maxDuration = "20s")
  void pattern_fitsWhatARegularExpressionDoes(FuzzedDataProvider data) {
    String pattern = letters(data) + data.consumeString(4);
    String text = letters(data).replace("*", "a") + data.consumeString(8);
    assertThat(new StarPattern(pattern).fits(text))
        .as("%s fits %s", pattern, text)
        .isEqualTo(expression(pattern).matcher(text).matches());
    assertThat(new StarPattern("*" + text + "*").fits(pattern + text)).isTrue();
  }

  /** Stars beside one another mean no more than one, but cost an expression a minute. */
  private static Pattern expression(String pattern) {
    return Pattern.compile(
        Arrays.stream(pattern.split("\\*+", -1)).map(Pattern::quote).collect(joining(".*")),
        Pattern.DOTALL);
  }

  private static String letters(FuzzedDataProvider data) {
    StringBuilder letters = new StringBuilder();
    for (int i = data.consumeInt(0, 8); i > 0; i--) {
      letters.append(data.pickValue(LETTERS));
    }
    return letters.toString();
  }
}
