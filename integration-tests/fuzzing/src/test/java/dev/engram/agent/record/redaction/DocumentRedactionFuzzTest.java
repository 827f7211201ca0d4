package dev.engram.agent.record.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Documents with a secret at any depth, cut anywhere, with a character too many or missing. */
class DocumentRedactionFuzzTest {
  /** What stands around has no nine. */
  private static final String MARK = "Zq7Xv93K";

  /** In the last the name is said in a member of its own. */
  private static final List<String> NAMES =
      List.of(
          "password", "access_token", "pass\\u0077ord", "apiKey", "name\":\"password\",\"value");

  /** What stands before a secret in XML, and behind it. */
  private static final List<List<String>> ELEMENTS =
      List.of(
          List.of("<password>", "</password>"),
          List.of("<key>password</key><string>", "</string>"),
          List.of("<key>p&#119;d</key><dict><a>", "</a></dict>"),
          List.of("<entry key='pass&#x77;ord'>", "</entry>"));

  private static final List<String> VALUES =
      List.of(
          "\"" + MARK + "\"",
          "\"a\\\"\\u0022" + MARK + "\"",
          "[1,\"" + MARK + "\"]",
          "{\"a\":{\"b\":\"" + MARK + "\"}}");

  private static final List<String> BEFORE =
      List.of("\"a\":1,", "\"a\":\"b\",", "\"a\":[", "\"a\":{", "\"a\":null, ", "\"it's\":true,\n");

  private static final List<String> AFTER = List.of(",\"a\":1", "}", "]", "\n", ",\"b\":\"c\"");

  private final Redaction redaction = new Redaction(List.of());

  @FuzzTest(maxDuration = "20s")
  void secretOfADocument_isNotRemembered(FuzzedDataProvider data) {
    String name = data.pickValue(NAMES);
    StringBuilder json = new StringBuilder("{");
    for (int i = data.consumeInt(0, 5); i > 0; i--) {
      json.append(data.pickValue(BEFORE));
    }
    int secret = json.length();
    json.append('"').append(name).append("\":").append(data.pickValue(VALUES));
    for (int i = data.consumeInt(0, 5); i > 0; i--) {
      json.append(data.pickValue(AFTER));
    }
    spoil(json, secret, data);
    String cut = json.substring(0, data.consumeInt(0, json.length()));
    assertThat(redaction.document("input", "application/json", cut)).doesNotContain(MARK);
    assertThat(redaction.document("input", null, cut)).doesNotContain(MARK);
    assertXml(data);
  }

  /** Before the secret or behind it: without its name, or the quote of its value, it is none. */
  private static void spoil(StringBuilder json, int secret, FuzzedDataProvider data) {
    int at = data.consumeBoolean() ? data.consumeInt(0, secret) : json.length();
    if (data.consumeBoolean()) {
      json.insert(at, data.consumeString(2).replace("9", ""));
    } else if (at < secret) {
      json.deleteCharAt(at);
    }
  }

  private void assertXml(FuzzedDataProvider data) {
    String before = data.consumeString(40).replace("9", "").replace("<", "");
    String inside = data.consumeString(40).replace("9", "").replace("<", "");
    List<String> element = data.pickValue(ELEMENTS);
    String xml = "<a>" + before + element.get(0) + inside + MARK + element.get(1) + "</a>";
    String cut = xml.substring(0, data.consumeInt(0, xml.length()));
    assertThat(redaction.document("input", "text/xml", cut)).doesNotContain(MARK);
    redaction.document("input", data.consumeString(20), data.consumeRemainingAsString());
  }
}
