package dev.engram.agent.record.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Messages of drivers around a literal, which may hold what ends literals elsewhere. */
class DatabaseMessagesFuzzTest {
  /** What stands around has no digits. */
  private static final String MARK = "Zq7Xv93K";

  private static final List<String> PIECES =
      List.of(
          "\"",
          "`",
          "(",
          ").",
          ")",
          "=(",
          "--",
          "/*",
          "*/",
          "$$",
          "$a$",
          "\n",
          "key ",
          "table ",
          "\\",
          "\u00bb",
          "n't ",
          "select a ",
          " where b = ",
          " ");

  @FuzzTest(maxDuration = "20s")
  void literalOfAStatement_isNotRemembered(FuzzedDataProvider data) {
    String literal = "'" + (pieces(data) + MARK + pieces(data)).replace("'", "''") + "'";
    String message = pieces(data) + " where b = " + literal + " and c = 42" + pieces(data);
    assertThat(DatabaseMessages.redact(message, false)).doesNotContain(MARK).doesNotContain("42");
    assertThat(
            DatabaseMessages.redact("Key (a)=(" + pieces(data) + MARK + ") already exists.", false))
        .doesNotContain(MARK);
    DatabaseMessages.redact(data.consumeRemainingAsString(), false);
  }

  private static String pieces(FuzzedDataProvider data) {
    StringBuilder text = new StringBuilder();
    for (int i = data.consumeInt(0, 4); i > 0; i--) {
      text.append(
          data.consumeBoolean()
              ? data.pickValue(PIECES)
              : data.consumeString(6).replaceAll("[0-9]", ""));
    }
    return text.toString();
  }
}
