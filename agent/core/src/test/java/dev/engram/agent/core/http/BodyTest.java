package dev.engram.agent.core.http;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  @Test
  void whatPasses_isKeptUpToTheLimitAndCountedBeyondIt() {
    Body body = new Body(10);
    body.add("abc".getBytes(UTF_8), 1, 2);
    body.add((byte) 'd');
    body.add(ByteBuffer.wrap("xefgx".getBytes(UTF_8), 1, 3));
    assertThat(body.isCut()).isFalse();
    body.add("hijklmnop".getBytes(UTF_8), 0, 9);
    body.add((byte) 'q');
    body.add(ByteBuffer.wrap("rs".getBytes(UTF_8)));

    assertThat(UTF_8.decode(body.kept()).toString()).isEqualTo("bcdefghijk");
    assertThat(body.size()).isEqualTo(18);
    assertThat(body.isCut()).isTrue();
  }

  @Test
  void buffer_isLeftAsItWas() {
    ByteBuffer buffer = ByteBuffer.wrap("abcdef".getBytes(UTF_8), 2, 3);
    new Body(2).add(buffer);

    assertThat(buffer.position()).isEqualTo(2);
    assertThat(buffer.limit()).isEqualTo(5);
  }

  @Test
  void bodyWithoutLimit_isCountedWithoutMemory() {
    Body body = new Body(0);
    body.add(new byte[100_000], 0, 100_000);

    assertThat(body.size()).isEqualTo(100_000);
    assertThat(body.kept().array()).isEmpty();
  }

  @Test
  void memory_isTakenWhenBytesPass_andIsBoundedByTheLimit() {
    Body body = new Body(3000);
    assertThat(body.kept().array()).isEmpty();
    body.add(new byte[1], 0, 1);
    assertThat(body.kept().array()).hasSize(512);
    for (int i = 0; i < 10_000; i++) {
      body.add(new byte[100], 0, 100);
    }
    assertThat(body.kept().array()).hasSize(3000);
  }

  @Test
  void callInsideACall_isPassedOver() {
    Body body = new Body(10);
    assertThat(body.begin()).isTrue();
    assertThat(body.begin()).isFalse();
    body.done();
    assertThat(body.begin()).isTrue();
  }

  @Test
  void closedBody_takesNoMore() {
    Body body = new Body(10);
    body.add((byte) 1);
    body.close();
    body.add(new byte[5], 0, 5);
    body.add((byte) 1);
    body.add(ByteBuffer.allocate(1));

    assertThat(body.begin()).isFalse();
    assertThat(body.kept().remaining()).isZero();
  }

  @Test
  void clearedBody_beginsAnew() {
    Body body = new Body(10);
    body.add("lost".getBytes(UTF_8), 0, 4);
    body.clear();
    body.add("kept".getBytes(UTF_8), 0, 4);

    assertThat(UTF_8.decode(body.kept()).toString()).isEqualTo("kept");
    assertThat(body.size()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1", "UTF-16", "windows-1252", "Shift_JIS", "GB18030"})
  void charactersOfAWriter_areTheBytesThatItsCharsetMakesOfThem(String charset) {
    String text = "x€ä日本\uD83D\uDE00".repeat(1000);
    Body body = new Body(1 << 20);
    body.passThrough(this, Charset.forName(charset));
    body.add(text, 0, 1500);
    for (int i = 1500; i < 2000; i++) {
      body.add(text.charAt(i));
    }
    body.add(text.toCharArray(), 2000, text.length() - 2000);

    byte[] kept = new byte[body.kept().remaining()];
    body.kept().get(kept);
    assertThat(kept).isEqualTo(text.getBytes(Charset.forName(charset)));
    assertThat(body.size()).isEqualTo(kept.length);
  }

  @Test
  void charactersBeyondTheLimit_areCountedAsBytes() {
    Body body = new Body(4);
    body.passThrough(this, UTF_16);
    body.add("abcdef", 0, 6);

    assertThat(body.size()).isEqualTo("abcdef".getBytes(UTF_16).length);
    assertThat(body.kept().remaining()).isEqualTo(4);
  }
}
