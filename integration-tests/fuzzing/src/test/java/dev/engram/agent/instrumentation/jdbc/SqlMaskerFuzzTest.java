package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Statements of any kind, and strings of any content in a statement of a known one. */
class SqlMaskerFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void mask_isBoundedAndHidesWhatStringsHold(FuzzedDataProvider data) {
    boolean quotedStrings = data.consumeBoolean();
    String inside = data.consumeString(400).replace("'", "''").replace("\\", "");
    String statement = data.consumeRemainingAsString();

    SqlText any = new SqlMasker(statement, quotedStrings).mask();
    assertThat(any.masked().length())
        .isLessThanOrEqualTo(2 * Math.min(statement.length(), SqlMasker.LIMIT) + 6);

    SqlText known =
        new SqlMasker("SELECT a FROM t WHERE b = '" + inside + "' AND c = 17", quotedStrings)
            .mask();
    assertThat(known.masked()).isEqualTo("SELECT a FROM t WHERE b = ? AND c = ?");
    assertThat(known.summary()).isEqualTo("SELECT t");
  }
}
