package dev.engram.agent.record.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.engram.testkit.ProcessorTime;
import java.time.Duration;
import java.util.List;

/** Secrets that show by themselves, between words that mean something to whoever looks for them. */
class SecretValuesFuzzTest {
  /** Part of each secret; what stands around has no nine. */
  private static final String MARK = "Zq7Xv93K";

  private static final String BASE64 = MARK + "aB3dE5fG7hJ9kL1mN3pQ5rS7";

  private static final List<String> SECRETS =
      List.of(
          "Bearer " + BASE64,
          "eyJhbGciOiJIUzI1NiJ9." + BASE64 + "." + BASE64,
          "ghp_" + BASE64,
          "AKIA" + BASE64,
          "password=" + MARK,
          "\"client_secret\":\"" + MARK + "\"",
          "amqp://ada:" + MARK + "@broker/",
          "pass\\u0077ord\\u003d" + MARK,
          "a=%70wd%3D" + MARK,
          "-----BEGIN PRIVATE KEY-----\n" + BASE64,
          "pass&#119;ord&#61;" + MARK,
          "user[password]=" + MARK,
          "password => " + MARK,
          "<password>" + MARK + "</password>",
          "X-Amz-Signature=" + MARK,
          "?se=60&sig=" + MARK,
          "{a=1, password=x " + MARK + ", b=2}",
          "passphrase: x " + MARK + " y",
          "amqp://ada:x/" + MARK + "?y#z@broker/");

  private static final List<String> PIECES =
      List.of(
          "password",
          "token",
          "Cookie",
          "Bearer",
          "basic",
          "eyJ",
          "4111 1111",
          "-----BEGIN PRIVATE KEY-----",
          "-----END ",
          "jdbc:oracle:thin:",
          "://",
          "[redacted]",
          "\\u003d",
          "%3D",
          "%25",
          "\\",
          "\"",
          "'",
          "=",
          ":",
          "@",
          "&",
          ";",
          ",",
          "{",
          "}",
          "[",
          "]",
          " ",
          "\n",
          "\0",
          "a",
          "&#61;",
          "&quot;",
          "&amp;",
          "a[0].name=",
          "<",
          ">",
          "</password>",
          "<password>",
          "<![CDATA[");

  private static final int HOSTILE = 1 << 16;

  /** One in so many inputs is repeated to that length, so that most are short and fast. */
  private static final int SELDOM = 64;

  private final Redaction redaction = new Redaction(List.of());

  @FuzzTest(maxDuration = "20s")
  void secretBetweenWords_isNotRemembered(FuzzedDataProvider data) {
    String secret = data.pickValue(SECRETS);
    String before = pieces(data);
    String text = before + " " + secret + " " + pieces(data);
    String kept = redaction.text("exception.message", text);
    assertThat(kept).doesNotContain(MARK);
    assertThat(redaction.document("input", null, text)).doesNotContain(MARK);
    assertThat(redaction.text("exception.message", kept)).as("once more").doesNotContain(MARK);
    if (data.consumeInt(1, SELDOM) == SELDOM) {
      assertTakesLittleTime((before + "a").repeat(HOSTILE / (before.length() + 1)));
    }
  }

  private void assertTakesLittleTime(String hostile) {
    ProcessorTime.assertWithin(
        Duration.ofSeconds(5), "hostile text", () -> redaction.text("exception.message", hostile));
  }

  private static String pieces(FuzzedDataProvider data) {
    StringBuilder text = new StringBuilder();
    for (int i = data.consumeInt(0, 6); i > 0; i--) {
      text.append(
          data.consumeBoolean() ? data.pickValue(PIECES) : data.consumeString(8).replace("9", ""));
    }
    return text.toString();
  }
}
