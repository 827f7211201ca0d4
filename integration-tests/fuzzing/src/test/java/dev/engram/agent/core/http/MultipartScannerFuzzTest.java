package dev.engram.agent.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.engram.agent.core.json.Json;

/** Any body in any pieces: parts that are no larger than it, as JSON, and no exception. */
class MultipartScannerFuzzTest {
  private static final int LIMIT = 1 << 20;

  @FuzzTest(maxDuration = "20s")
  void body_hasPartsThatFitIntoIt(byte[] body) {
    String told = told(body, Math.max(1, body.length));

    assertThat(told(body, 1)).isEqualTo(told);
    assertThat(told(body, 3)).isEqualTo(told);
    Json parts = Json.parse(told);
    assertThat(parts.isWhole()).isTrue();
    long size = 0;
    for (Json part : parts.elements()) {
      Long each = part.get("size").integer();
      assertThat(each).isNotNull().isNotNegative();
      size += each;
    }
    assertThat(size).isLessThanOrEqualTo(body.length);
  }

  private static String told(byte[] body, int piece) {
    BodyParts parts = new BodyParts(LIMIT);
    MultipartScanner scanner = new MultipartScanner("x", parts);
    for (int at = 0; at < body.length; at += piece) {
      scanner.scan(body, at, Math.min(piece, body.length - at));
    }
    scanner.end();
    return parts.isEmpty() ? "[]" : parts.json();
  }
}
