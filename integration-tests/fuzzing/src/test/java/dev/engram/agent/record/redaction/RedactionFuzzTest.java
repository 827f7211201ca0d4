package dev.engram.agent.record.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Queries and URLs around a secret that must not get through, whatever stands before or after. */
class RedactionFuzzTest {
  private static final String SECRET = "s3cr3t-9431";
  private static final List<String> NAMES = List.of("password", "access_token", "Api-Key", "pwd");

  private final Redaction redaction = new Redaction(List.of("*pin*"));

  @FuzzTest(maxDuration = "20s")
  void secretOfAQuery_isNotRemembered(FuzzedDataProvider data) {
    String name = data.pickValue(NAMES);
    String before = withoutSecret(data.consumeString(300));
    String query = before + data.pickValue(List.of("&", ";")) + written(name, data) + "=" + SECRET;
    String after = withoutSecret(data.consumeRemainingAsString());
    String whole = query + (after.isEmpty() ? "" : "&" + after);
    assertThat(redaction.text("url.query", whole)).doesNotContain(SECRET).contains("[redacted]");
    assertThat(redaction.text("url.full", "https://acme.test/a?" + whole)).doesNotContain(SECRET);
    assertThat(redaction.text("url.full", "https://ada:" + SECRET + "@acme.test/" + after))
        .doesNotContain(SECRET);
    assertThat(redaction.text(before + "." + name, SECRET)).isEqualTo(Redaction.REDACTED);
  }

  /** As it is, or with every byte percent-encoded. */
  private static String written(String name, FuzzedDataProvider data) {
    if (data.consumeBoolean()) {
      return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format("%%%02x", b));
    }
    return encoded.toString();
  }

  /** Nothing of what is left can add up to the secret, which has a nine. */
  private static String withoutSecret(String text) {
    return text.replace("9", "");
  }
}
