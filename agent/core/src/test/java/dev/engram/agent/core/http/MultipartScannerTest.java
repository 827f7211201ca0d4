package dev.engram.agent.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartScannerTest {
  private static final int LIMIT = 8192;
  private static final String FIELD = "Content-Disposition: form-data; name=\"note\"\r\n\r\n";
  private static final String FILE =
      "content-disposition: form-data; name=\"file\"; filename=\"größe €.pdf\"\r\n"
          + "Content-Type: application/pdf\r\nX-Other: y\r\n\r\n";
  private static final String TWO_PARTS =
      "--x\r\n" + FIELD + "hello\r\n--x\r\n" + FILE + "\r\n--\r\n--y\r\r\n\r\n--x--\r\nmore --x";
  private static final String TWO_TOLD =
      "[{\"name\":\"note\",\"size\":5},{\"name\":\"file\",\"filename\":\"größe €.pdf\","
          + "\"content_type\":\"application/pdf\",\"size\":12}]";

  private final BodyParts parts = new BodyParts(LIMIT);
  private final MultipartScanner scanner = new MultipartScanner("x", parts);

  @Test
  void parts_areToldByNameAndSize() {
    assertThat(told(TWO_PARTS)).isEqualTo(TWO_TOLD);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void pieces_mayEndAnywhere(int length) {
    byte[] body = TWO_PARTS.getBytes(UTF_8);
    for (int at = 0; at < body.length; at += length) {
      scanner.scan(body, at, Math.min(length, body.length - at));
    }
    scanner.end();
    assertThat(parts.json()).isEqualTo(TWO_TOLD);
  }

  @Test
  void bytesAndBuffers_areTheSame_andBuffersAreLeftAsTheyWere() {
    byte[] body = TWO_PARTS.getBytes(UTF_8);
    ByteBuffer direct = ByteBuffer.allocateDirect(100).put(body, 0, 50).flip();
    scanner.scan(direct);
    scanner.scan(ByteBuffer.wrap(body, 50, 60).slice());
    for (int at = 110; at < body.length; at++) {
      scanner.scan(body[at]);
    }
    assertThat(direct.remaining()).isEqualTo(50);
    assertThat(parts.json()).isEqualTo(TWO_TOLD);
  }

  @Test
  void directBuffer_isReadFromItsPositionToItsLimit() {
    String content = "c".repeat(5_000);
    byte[] body = ("??--x\r\n" + FIELD + content + "\r\n--x--").getBytes(UTF_8);
    ByteBuffer direct = ByteBuffer.allocateDirect(body.length + 9).put(body).flip().position(2);

    scanner.scan(direct);

    assertThat(parts.json()).isEqualTo("[{\"name\":\"note\",\"size\":5000}]");
    assertThat(direct.position()).isEqualTo(2);
  }

  /** Looked at byte by byte, these would take many seconds. */
  @Test
  void whatFollowsTheLastPart_isNotLookedAt() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] block = new byte[1 << 20];
    ByteBuffer direct = ByteBuffer.allocateDirect(block.length);
    pass(scanner, "--x--");
    long cpu = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < 20_000; i++) {
      scanner.scan(block, 0, block.length);
      scanner.scan(direct);
    }
    assertThat(threads.getCurrentThreadCpuTime() - cpu).isLessThan(2_000_000_000L);
  }

  @Test
  void preamble_isNoPart_andBlanksMayFollowADelimiter() {
    assertThat(told("before\r\n--xy\r\n--x \t\r\n" + FIELD + "a\r\n--x-- \r\nafter"))
        .isEqualTo("[{\"name\":\"note\",\"size\":1}]");
  }

  @Test
  void wordThatBeginsLikeTheBoundary_belongsToThePart() {
    String content = "\r\n--xy\r\n--x-\r\n--x \rz\r\n--x\r\r\n-";
    assertThat(told("--x\r\n" + FIELD + content + "\r\n--x--\r\n"))
        .isEqualTo("[{\"name\":\"note\",\"size\":" + content.length() + "}]");
  }

  @Test
  void partWithoutHeaders_hasItsSizeAlone() {
    assertThat(told("--x\r\n\r\n\r\n--x\r\nnonsense\r\n\r\nabc\r\n--x--"))
        .isEqualTo("[{\"size\":0},{\"size\":3}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "abc\r\n--", "abc\r\n--x", "abc\r\n--x-", "abc\r\n--x\r", "\r\n\r\n-"})
  void bodyThatEndsBeforeItsLastDelimiter_leavesThePartIncomplete(String content) {
    String told = told("--x\r\n" + FIELD + content);
    int size = Integer.parseInt(told.replaceAll("\\D", ""));
    assertThat(size).isBetween(3, content.length());
    assertThat(told).isEqualTo("[{\"name\":\"note\",\"size\":" + size + ",\"complete\":false}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no parts at all",
        "--y\r\n" + FIELD + "a\r\n--y--",
        "--x\n" + FIELD + "a\n--x--",
        "--x\r\nContent-Disposition: form-data; name=\"never",
        "--x--\r\n--x\r\n" + FIELD
      })
  void whatIsNoMultipart_hasNoParts(String body) {
    assertThat(told(body)).isEmpty();
  }

  @Test
  void namesInOtherForms_areRead() {
    String part = "--x\r\nContent-Disposition: a; filename=\"a\"; filename*=%s\r\n\r\n\r\n--x--";
    assertThat(told(part.formatted("UTF-8''%e2%82%ac+b")))
        .isEqualTo("[{\"filename\":\"€+b\",\"size\":0}]");
    assertThat(told(part.formatted("UTF-8''%e2%zz")))
        .isEqualTo("[{\"filename\":\"%e2%zz\",\"size\":0}]");
  }

  @Test
  void headerOfAMegabyte_costsTheNameAlone() {
    String header = "Content-Disposition: form-data; name=\"" + "n".repeat(1 << 20) + "\"\r\n";
    assertThat(told("--x\r\n" + header + "Content-Type: a/b\r\n\r\nabc\r\n--x--"))
        .isEqualTo("[{\"content_type\":\"a/b\",\"size\":3}]");
  }

  @Test
  void partsBeyondTheLimit_areCountedInTheLengthOfTheWhole() {
    for (int i = 0; i < 10_000; i++) {
      pass(scanner, "\r\n--x\r\n" + FIELD + "a");
    }
    assertThat(parts.json()).hasSize(LIMIT).startsWith("[{\"name\":\"note\"");
    assertThat(parts.wholeSize()).as("names are not read").isBetween(100_000L, 150_000L);
  }

  /** As a hostile client sends it: each byte is looked at once, and nothing is kept of any. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "\r", "\r\n", "\r\n--", "\r\n--x", "\r\n--x\r", "-"})
  void bodyOf100MiB_takesTimeInProportionAndNoMemory(String piece) {
    pass(scanner, "--x\r\n" + FIELD);
    assert100MiBCostNoMemory(piece);
  }

  /** Nothing but the body's own length ends them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "c:\r\n",
        "Content-Type: a\r\n",
        "Content-Disposition: form-data; filename*=UTF-8''%4\r\n"
      })
  void headersOf100MiB_takeTimeInProportionAndNoMemory(String header) {
    pass(scanner, "--x\r\n");
    assert100MiBCostNoMemory(header);
  }

  private void assert100MiBCostNoMemory(String piece) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] block = piece.repeat((1 << 20) / piece.length()).getBytes(UTF_8);
    scanner.scan(block, 0, block.length);
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < 100; i++) {
      scanner.scan(block, 0, block.length);
    }
    assertThat(threads.getCurrentThreadCpuTime() - cpu).isLessThan(20_000_000_000L);
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(1 << 20);
  }

  @Test
  void bytesOfAnyKind_areOneAnswerHoweverTheyAreCut() {
    Random random = new Random(7);
    String alphabet = "\r\n-x:;=\"\\ ac";
    for (int round = 0; round < 2_000; round++) {
      StringBuilder body = new StringBuilder("--x\r\n");
      for (int i = 0; i < 200; i++) {
        body.append(random.nextInt(20) == 0 ? "\r\n--x\r\n" : alphabet.charAt(random.nextInt(11)));
      }
      BodyParts single = new BodyParts(LIMIT);
      MultipartScanner byByte = new MultipartScanner("x", single);
      for (byte value : body.toString().getBytes(UTF_8)) {
        byByte.scan(value);
      }
      byByte.end();
      assertThat(single.isEmpty() ? "" : single.json()).isEqualTo(told(body.toString()));
    }
  }

  /** Of a whole body. */
  private static String told(String body) {
    BodyParts parts = new BodyParts(LIMIT);
    MultipartScanner scanner = new MultipartScanner("x", parts);
    pass(scanner, body);
    scanner.end();
    return parts.isEmpty() ? "" : parts.json();
  }

  private static void pass(MultipartScanner scanner, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    scanner.scan(bytes, 0, bytes.length);
  }
}
