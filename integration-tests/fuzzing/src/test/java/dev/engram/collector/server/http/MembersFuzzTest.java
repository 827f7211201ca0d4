package dev.engram.collector.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Any bytes that somebody may post: members within their bounds, or refused in one line. */
class MembersFuzzTest {
  private static final int LONGEST = 16;

  @FuzzTest(maxDuration = "20s")
  void body_isTakenOrRefused(FuzzedDataProvider data) {
    byte[] bytes = data.consumeRemainingAsBytes();
    read(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    read(("{\"text\":" + text + "}").getBytes(StandardCharsets.UTF_8));
    read(("{\"number\":" + text + "}").getBytes(StandardCharsets.UTF_8));
  }

  private static void read(byte[] body) {
    try {
      Members members = Members.of(body).only(Set.of("text", "number"));
      String text = members.text("text", LONGEST);
      double number = members.number("number");
      assertThat(text == null || (!text.isEmpty() && text.length() <= LONGEST)).isTrue();
      assertThat(Double.isNaN(number) || Double.isFinite(number)).isTrue();
    } catch (RefusedException refused) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.getMessage()).isNotEmpty().doesNotContain("\n");
    }
  }
}
