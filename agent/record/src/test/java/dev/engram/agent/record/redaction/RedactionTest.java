package dev.engram.agent.record.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private final Redaction redaction = new Redaction(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization",
        "Authorization",
        "http.request.header.proxy-authorization",
        "http.request.header.cookie",
        "http.response.header.Set-Cookie",
        "db.PASSWORD",
        "user_password_hash",
        "clientSecret",
        "access_token",
        "x-api-key",
        "apiKey",
        "session.id",
        "JSESSIONID",
        "aws.credentials",
        "pwd",
        "user[pwd]",
        "user[pwd][0]",
        "pwd[]",
        "a.users[0][cookie]",
        "x-functions-key",
        "cvv",
      })
  void secretName_isRedacted(String name) {
    assertThat(redaction.text(name, "s3cr3t")).isEqualTo("[redacted]");
    assertThat(redaction.text(name, "s3cr3t")).as("remembered").isEqualTo("[redacted]");
    assertThat(redaction.hidesNumber(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url.path",
        "cookies.count",
        "pwd.set",
        "pwd[set]",
        "cookie]",
        "author",
        "signatures.count",
        "db.query.text",
        "",
      })
  void otherName_isKept(String name) {
    assertThat(redaction.text(name, "value")).isEqualTo("value");
    assertThat(redaction.hidesNumber(name)).isFalse();
  }

  @Test
  void usersAndSessions_haveTheSameOtherName_inOneHome() {
    assertThat(redaction.text("user.id", "alice")).isEqualTo("[redacted]");

    redaction.salt(new byte[] {1});
    String alice = redaction.text("user.id", "alice");
    assertThat(alice).matches("[0-9a-f]{16}").isEqualTo(redaction.text("user.id", "alice"));
    assertThat(redaction.text("user.id", "bob")).isNotEqualTo(alice);
    assertThat(redaction.text("session.id", "0123abc")).matches("[0-9a-f]{16}");

    redaction.salt(new byte[] {2});
    assertThat(redaction.text("user.id", "alice")).isNotEqualTo(alice);
  }

  @Test
  void plainUsers_areKept_butNotTheirSessions() {
    Redaction plain = new Redaction(List.of(), List.of(), new Pseudonyms("plain"));
    plain.salt(new byte[] {1});

    assertThat(plain.text("user.id", "alice")).isEqualTo("alice");
    assertThat(plain.text("session.id", "0123abc")).matches("[0-9a-f]{16}");
    assertThat(plain.isHarmless("user.id")).isFalse();
  }

  @Test
  void usersThatAreToBeMasked_are() {
    Redaction masked = new Redaction(List.of("user.id"));
    masked.salt(new byte[] {1});

    assertThat(masked.text("user.id", "alice")).isEqualTo("[redacted]");
  }

  @Test
  void countsOfAiTokens_areNoSecrets() {
    assertThat(redaction.hidesNumber("gen_ai.usage.input_tokens")).isFalse();
    assertThat(redaction.text("gen_ai.token", "sk-1")).isEqualTo("[redacted]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1&password=x&b=2 | a=1&password=[redacted]&b=2",
        "access_token=x | access_token=[redacted]",
        "a=1;Api-Key=x | a=1;Api-Key=[redacted]",
        "pass%77ord=x | pass%77ord=[redacted]",
        "token | token",
        "token= | token=[redacted]",
        "a=b=c&pwd=d=e | a=b=c&pwd=[redacted]",
        "%zz=1&pwd=2 | %zz=1&pwd=[redacted]",
        "& | &",
        "name=password&value=x | name=password&value=[redacted]",
        "value=x&name=password | value=[redacted]&name=password",
        "a=1&value=x&b=2&name=pass%77ord&c=3 | a=1&value=[redacted]&b=2&name=pass%77ord&c=3",
        "key=token&name=Ada&value=x&value=y | key=token&name=Ada&value=[redacted]&value=[redacted]",
        "value=x&value=&name=Ada&key=pwd | value=[redacted]&value=[redacted]&name=Ada&key=pwd",
        "name=pwd&value=x&name=Ada&value=y | name=pwd&value=[redacted]&name=Ada&value=y",
        "name=Ada&value=y&size=1 | name=Ada&value=y&size=1",
        "value=y&a=1&value=z | value=y&a=1&value=z",
        "f[0].name=pwd&f[0].value=x&f[1].name=Ada&f[1].value=y |"
            + " f[0].name=pwd&f[0].value=[redacted]&f[1].name=Ada&f[1].value=y",
        "f[0].name=Ada&f[1].name=pwd&f[0].value=x&f[1].value=y |"
            + " f[0].name=Ada&f[1].name=pwd&f[0].value=x&f[1].value=[redacted]",
        "f[0][value]=x&a=1&f[0][name]=pwd | f[0][value]=[redacted]&a=1&f[0][name]=pwd",
        "f%5B0%5D.name=pwd&f%5B0%5D.value=x | f%5B0%5D.name=pwd&f%5B0%5D.value=[redacted]",
        "user.name=password&product.value=1&value=2 | user.name=password&product.value=1&value=2",
        "user[pwd]=x&a=1 | user[pwd]=[redacted]&a=1",
        "X-Amz-Expires=60&X-Amz-Signature=0a1b&b=2 | X-Amz-Expires=60&X-Amz-Signature=[redacted]&b=2",
        "X-Goog-Signature=0a1b&a=1 | X-Goog-Signature=[redacted]&a=1",
        "Expires=60&Signature=0a%2B1b%3D | Expires=60&Signature=[redacted]",
        "sv=2024&se=60&sig=0a%2B1b%3D | sv=2024&se=60&sig=[redacted]",
      })
  void queryParameters_areRedactedByTheirNames(String query, String kept) {
    assertThat(redaction.text("url.query", query)).isEqualTo(kept);
    assertThat(redaction.text("url.full", "http://h/p?" + query)).isEqualTo("http://h/p?" + kept);
  }

  @ParameterizedTest
  @CsvSource({
    "https://u:s3cr3t@h:8443/p?a=1, https://[redacted]@h:8443/p?a=1",
    "https://u:s3@cr3t@h, https://[redacted]@h",
    "https://u:s3/cr3t@h/a, https://[redacted]@h/a",
    "https://u:s3?c#r3t@h/a?b=1, https://[redacted]@h/a?b=1",
    "https://h/a@b, https://h/a@b",
    "https://h:8443/a@b?c=d@e, https://h:8443/a@b?c=d@e",
    "https://h?next=https://u:s3/cr3t@h, https://h?next=[redacted]",
    "/a@b, /a@b",
    "://, ://",
  })
  void userOfAUrl_isRedacted(String url, String kept) {
    assertThat(redaction.text("url.full", url)).isEqualTo(kept);
  }

  @Test
  void configuredMask_isAddedToTheBuiltInOnes() {
    Redaction more = new Redaction(List.of(" X-Tenant*"));

    assertThat(more.text("x-tenant-id", "7")).isEqualTo("[redacted]");
    assertThat(more.text("password", "x")).isEqualTo("[redacted]");
    assertThat(more.text("url.query", "token=1&x-tenant=2&a=3"))
        .isEqualTo("token=[redacted]&x-tenant=[redacted]&a=3");
    assertThat(redaction.text("x-tenant-id", "7")).isEqualTo("7");
  }

  @Test
  void maskOfOtherCharactersThanLetters_matches() {
    Redaction more = new Redaction(List.of("*gr\u00f6\u00dfe*", "a%b\\c&d", "7*", "*-_"));

    for (String name : List.of("Die-Gr\u00f6\u00dfe", "A%B\\C&D", "7a", "8-_", "x.7a")) {
      assertThat(more.text(name, "x")).as(name).isEqualTo("[redacted]");
    }
    for (String name : List.of("Die-Gr\u00f6sse", "ab\\c&d", "8a", "-8_")) {
      assertThat(more.text(name, "x")).as(name).isEqualTo("x");
    }
  }

  @Test
  void manyNames_areAllMatched() {
    for (int i = 0; i < 5_000; i++) {
      assertThat(redaction.text("token" + i, "x")).isEqualTo("[redacted]");
      assertThat(redaction.text("plain" + i, "x")).isEqualTo("x");
    }
  }

  @Test
  void manyParameters_areAllMatched() {
    for (int i = 0; i < 5_000; i++) {
      assertThat(redaction.text("url.query", "token" + i + "=x&plain" + i + "=y"))
          .isEqualTo("token" + i + "=[redacted]&plain" + i + "=y");
    }
    String longName = "token".repeat(100);
    assertThat(redaction.text("url.query", longName + "=x")).isEqualTo(longName + "=[redacted]");
  }

  @Test
  void queryWithoutSecret_isNotCopied() {
    String query = "page=2&size=50";

    assertThat(redaction.text("url.query", query)).isSameAs(query);
  }

  @Test
  void fragmentOfAUrl_isRedactedLikeItsQuery() {
    assertThat(redaction.text("http.response.header.location", "https://a/cb#access_token=x&b=1"))
        .isEqualTo("https://a/cb#access_token=[redacted]&b=1");
    assertThat(redaction.text("url.full", "https://a/cb?b=1#id_token=x"))
        .isEqualTo("https://a/cb?b=1#id_token=[redacted]");
  }
}
