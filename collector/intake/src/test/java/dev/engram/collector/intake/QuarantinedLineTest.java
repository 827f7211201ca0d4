package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.EndedRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrowCountRow;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantinedLineTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final String HOSTILE = "a\0b\ud800 \udc00\n\r\u2028\"\\ \u00e9 \ud83d\ude00";
  private static final TraceId TRACE = new TraceId(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final Map<String, Object> ATTRIBUTES =
      Map.of("k\0\n\u00e9\ud83d\ude00", HOSTILE, "l", 1L, "d", 1.0, "nan", Double.NaN, "b", true);
  private static final ThrownStack STACK =
      new ThrownStack(
          "T", HOSTILE, 7, List.of("a.B.c(B.java:1)"), 3, cause(null), List.of(cause(HOSTILE)));

  private static ThrownStack cause(String message) {
    return new ThrownStack("C", message, 0, List.of(), 0, null, List.of());
  }

  static Stream<Row> rows() {
    byte[] bytes = {0, -1, 127};
    return Stream.of(
        new SpanRow(
            INSTANCE,
            5,
            TRACE,
            -1,
            Long.MIN_VALUE,
            "SERVER",
            "http",
            HOSTILE,
            -1,
            -1,
            "error",
            HOSTILE,
            ATTRIBUTES,
            List.of(new PayloadReference("p", null, 9, true, 0, bytes)),
            true),
        new BegunRow(5, TRACE, 1, 2, "SERVER", "http", HOSTILE, 3, ATTRIBUTES),
        new EndedRow(5, 1, 2, 3, "ok"),
        new ExceptionRow(
            INSTANCE, 5, 1, TRACE, 2, "escaped", HOSTILE, null, "T", HOSTILE, -4, STACK),
        new PayloadRow(5, 1, 2, 0, 1, 3, bytes),
        new LifecycleRow(5, 1, "start", ATTRIBUTES),
        new MeasurementRow(5, 1, "m", "u", Double.NEGATIVE_INFINITY, ATTRIBUTES),
        new DecisionRow(
            5,
            1,
            2,
            TRACE,
            3,
            HOSTILE,
            List.of("a", HOSTILE),
            "a",
            Double.NaN,
            "stated",
            List.of(HOSTILE),
            ATTRIBUTES),
        new FeedbackRow(5, 1, "span", "11", null, Double.NaN, HOSTILE, null),
        new RemedyAttemptRow(5, 1, TRACE, 2, "R-1", "treated", 3, 4, "resolved", 5),
        new ThrowCountRow(5, 1, 2, HOSTILE, 3, 2, 4, STACK),
        new OutcomeRow(5, 1, "decision", "", "11", "success", -0.0, null, HOSTILE),
        new KnowledgeRow(5, 1, KnowledgeRow.ERROR, "11", "name", HOSTILE, null));
  }

  @Test
  void everyKindOfRow_isTried() {
    assertThat(rows().map(Row::getClass))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Row.class.getPermittedSubclasses())
                .<Class<? extends Row>>map(kind -> kind.asSubclass(Row.class))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row_comesBackAsItWas(Row row) throws Exception {
    String line = QuarantinedLine.of(INSTANCE, row, "why" + HOSTILE).toString();

    assertThat(line).isPrintable().doesNotContain("\n");
    QuarantinedLine read = QuarantinedLine.parse(line);
    assertThat(read.reason()).isEqualTo("why" + HOSTILE);
    assertThat(read.record()).isNull();
    assertThat(read.row(INSTANCE, 5))
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
        .isEqualTo(row);
  }

  @Test
  void nameWithAnUnpairedSurrogate_comesBackWithoutIt() throws Exception {
    Row row = new LifecycleRow(5, 1, "start", Map.of("a\ud800b\udc00\ud83d\ude00", 1L));
    String line = QuarantinedLine.of(INSTANCE, row, "").toString();

    assertThat(QuarantinedLine.parse(line).row(INSTANCE, 5))
        .isEqualTo(new LifecycleRow(5, 1, "start", Map.of("a\ufffdb\ufffd\ud83d\ude00", 1L)));
  }

  @Test
  void row_isMovedToAnotherInstance() throws Exception {
    InstanceId other = new InstanceId(new UUID(3, 4));
    for (Row row : rows().toList()) {
      Row moved = QuarantinedLine.of(INSTANCE, row, "").row(other, 99);

      assertThat(moved.position()).isEqualTo(99);
      if (moved instanceof SpanRow span) {
        assertThat(span.instance()).isEqualTo(other);
      }
    }
  }

  @Test
  void bytes_comeBack_andAreNoRow() throws Exception {
    String line = QuarantinedLine.of(INSTANCE, 5, "", new byte[] {1, -2}).toString();

    assertThat(QuarantinedLine.parse(line).record()).containsExactly(1, -2);
    assertThat(QuarantinedLine.parse(line).row(INSTANCE, 5)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"row\":{\"type\":\"String\",\"value\":{}}}",
        "{\"row\":3}"
      })
  void whatIsNoLine_isNoRow(String text) throws Exception {
    QuarantinedLine line = QuarantinedLine.parse(text);
    assertThat(line == null ? null : line.row(INSTANCE, 5)).isNull();
  }
}
