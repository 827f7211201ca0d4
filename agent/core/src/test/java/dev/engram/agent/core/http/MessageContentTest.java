package dev.engram.agent.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageContentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON;charset=utf-8",
        "application/problem+json",
        "application/vnd.acme.order.v2+json ; charset=utf-8",
        "application/x-ndjson",
        "application/xml",
        "application/soap+xml",
        "text/xml",
        "text/plain",
        "text/html",
        "text/event-stream",
        "application/x-www-form-urlencoded",
        "application/graphql",
      })
  void text_isRemembered(String type) {
    assertThat(of(type).isText()).isTrue();
    assertThat(of(type).text(passed("{}".getBytes(UTF_8)))).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "multipart/form-data; boundary=x | x",
        "Multipart/Form-Data;charset=utf-8;Boundary=\"a b\" | a b",
        "multipart/mixed; boundary=----7d3 | ----7d3"
      })
  void bodyOfSeveralParts_hasABoundary(String type, String boundary) {
    assertThat(of(type).boundary()).isEqualTo(boundary);
    assertThat(new MessageContent(type, "gzip", 0).boundary()).isNull();
    assertThat(new MessageContent(type, "identity", 0).boundary()).isEqualTo(boundary);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"a\rb\"",
        "multipart/form-data; boundary=größe",
        "multipart/form-data; boundary="
            + "12345678901234567890123456789012345678901234567890123456789012345678901",
        "application/json; boundary=x",
        "multipart",
        ""
      })
  void bodyOfOnePart_hasNone(String type) {
    assertThat(of(type).boundary()).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        ";",
        "json",
        "multipart/form-data; boundary=text/plain",
        "application/octet-stream",
        "image/png",
        "image/svg",
        "application/pdf",
        "application/grpc",
        "*/*",
      })
  void whatIsNoText_isNot(String type) {
    assertThat(of(type).isText()).isFalse();
    assertThat(of(type).text(passed("{}".getBytes(UTF_8)))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain;charset=iso-8859-1, ISO-8859-1",
    "text/plain; charset=\"ISO-8859-1\", ISO-8859-1",
    "text/plain;charset=latin1;format=flowed, ISO-8859-1",
    "text/plain; Charset=Windows-1251, windows-1251",
    "application/json; charset=UTF-16, UTF-16",
    "application/json, UTF-8",
  })
  void charset_isThatOfTheType(String type, String charset) {
    assertThat(of(type).text(passed("grüß".getBytes(Charset.forName(charset)))))
        .isEqualTo(new String("grüß".getBytes(Charset.forName(charset)), Charset.forName(charset)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain;charset=no-such-charset",
        "text/plain;charset=",
        "text/plain;charset=../../etc",
        "text/plain;charset=\"",
        "text/plain;charset=x-\u0000",
      })
  void charsetThatNobodyUses_costsTheText(String type) {
    assertThat(of(type).isReadable()).isFalse();
    assertThat(of(type).text(passed("a".getBytes(UTF_8)))).isNull();
  }

  @Test
  void charsetOfAWriter_isTheCharset() {
    Body body = new Body(100);
    body.passThrough(this, ISO_8859_1);
    body.add("grüß", 0, 4);

    assertThat(of("text/plain").text(body)).isEqualTo("grüß");
  }

  @Test
  void bodyThatWasCompressed_isNotRead() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write("a".getBytes(UTF_8));
    }

    assertThat(new MessageContent("text/plain", "gzip", 0).isReadable()).isFalse();
    assertThat(new MessageContent("text/plain", "gzip", 0).text(passed(compressed.toByteArray())))
        .isNull();
  }

  @Test
  void bodyThatIsCompressedBelowUs_isRead() {
    byte[] bytes = "grüße".getBytes(UTF_8);
    assertThat(new MessageContent("text/plain", "br", 0).text(passed(bytes))).isEqualTo("grüße");
    assertThat(new MessageContent("text/plain", "identity", 0).isReadable()).isTrue();
  }

  @Test
  void characterThatTheLimitCut_isLeftOut() {
    Body body = new Body(4);
    body.add("aa€".getBytes(UTF_8), 0, 5);

    assertThat(of("text/plain").text(body)).isEqualTo("aa");
  }

  @Test
  void nonsense_isReadAsFarAsItGoes() {
    assertThat(of("text/plain").text(passed(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xe2})))
        .isEqualTo("a\uFFFDb\uFFFD");
  }

  private static MessageContent of(String type) {
    return new MessageContent(type, null, 0);
  }

  private static Body passed(byte[] bytes) {
    Body body = new Body(100);
    body.add(bytes, 0, bytes.length);
    return body;
  }
}
