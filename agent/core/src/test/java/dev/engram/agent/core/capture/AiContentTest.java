package dev.engram.agent.core.capture;

import static dev.engram.agent.core.capture.CaptureFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.ai.ToolCall;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.Payload;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.redaction.Redaction;
import dev.engram.testkit.ProcessorTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What models and tools are given and give is kept, redacted or left out, as it is configured. */
class AiContentTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Capture.stop();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void contentOfModelsAndTools_isKeptAsConfigured() {
    for (Category category : List.of(Category.AI, Category.TOOL, Category.METHOD)) {
      boolean content = category != Category.METHOD;
      assertThat(contentOf(category, new AiContent(false, 100))).isEqualTo("password=[redacted]");
      assertThat(contentOf(category, new AiContent(true, 100)))
          .isEqualTo(content ? "password=hunter22" : "password=[redacted]");
      assertThat(contentOf(category, new AiContent(false, 0)))
          .isEqualTo(content ? "" : "password=[redacted]");
    }
  }

  @Test
  void whatAToolGaveAsItsError_isContentToo() {
    for (int limit : new int[] {100, 0}) {
      MemorySink ring = new MemorySink();
      CaptureLimits limits =
          new CaptureLimits(4096, 128, 100, 8192, 256, 8, 8, new AiContent(false, limit));
      CaptureFixture.start(ring, limits, CaptureLevel.ALL);
      ToolCall call = ToolCall.open("find", null, null);
      call.fail("tool_error", "no such patient");
      assertThat(ring.only(SpanRecord.class).statusDescription())
          .isEqualTo(limit == 0 ? null : "no such patient");
    }
  }

  /** Only its beginning is redacted then, with what may be half a secret left out. */
  @Test
  void contentInTheNoteOfABeginning_isCutBeforeNoSecret() {
    for (int before = 1_700; before < 2_100; before++) {
      MemorySink ring = new MemorySink();
      ring.maxRecordLength = 4096;
      CaptureFixture.start(ring, CaptureFixture.LIMITS, CaptureLevel.ALL);
      String prompt = "x".repeat(before) + " password=hunter22 " + "y ".repeat(9_000);
      Tracing.open(SpanKind.CLIENT, Category.AI, "chat")
          .payload("gen_ai.input.messages", "text/plain", prompt)
          .begun()
          .end();

      assertThat(ring.only(BegunRecord.class).attributes().get("gen_ai.input.messages"))
          .asString()
          .hasSizeGreaterThan(1_500)
          .doesNotContain("hunt");
    }
  }

  /** About a twentieth of this on a busy machine; content is limited to four of these. */
  @ParameterizedTest
  @ValueSource(strings = {"a prompt ", "{\"password\":\"x\", \\u003d a@b key=sk-1 };", "4111 "})
  void mebibyteOfContent_isRedactedInBoundedTime(String unit) {
    String text = "[" + unit.repeat((1 << 20) / unit.length());
    Redaction redaction = CaptureFixture.redaction();
    ProcessorTime.assertWithin(
        Duration.ofSeconds(5),
        unit,
        () -> redaction.document("gen_ai.input.messages", "application/json", text, true));
  }

  private static String contentOf(Category category, AiContent ai) {
    MemorySink ring = new MemorySink();
    CaptureLimits limits = new CaptureLimits(4096, 128, 1000, 8192, 256, 8, 8, ai);
    CaptureFixture.start(ring, limits, CaptureLevel.ALL);
    String content = "password=hunter22";
    Tracing.open(SpanKind.INTERNAL, category, "it").payload("input", null, content).begun().end();
    Payload payload = ring.only(SpanRecord.class).payloads().get(0);
    assertThat(payload.size()).isGreaterThanOrEqualTo(content.length());
    String kept = text(payload);
    assertThat(payload.truncated()).isEqualTo(kept.isEmpty());
    assertThat(ring.only(BegunRecord.class).attributes().getOrDefault("input", "")).isEqualTo(kept);
    return kept;
  }
}
