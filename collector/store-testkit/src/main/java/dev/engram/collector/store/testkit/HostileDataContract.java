package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a service sends comes back as it was, and harms nothing. */
public abstract class HostileDataContract extends StoreContract {
  static Stream<String> texts() {
    return Stream.of(
        "",
        "\0",
        "before\0after",
        "\ud800",
        "\udfff tail",
        "\ud83d\ude00 pair",
        "\uffff\ufeff\u202e",
        "<script>alert(1)</script>",
        "'); DROP TABLE span; --",
        "\u001b[2J\r\n",
        "x".repeat(1 << 20),
        "\ud800".repeat(1 << 20));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void text_comesBackFromEveryField(String text) {
    put(CHECKOUT, text);
    SpanRow span =
        new SpanRow(
            CHECKOUT,
            1,
            Rows.TRACE,
            1,
            2,
            text,
            text,
            text,
            3,
            4,
            text,
            text,
            Map.of(text, text, "other", text),
            List.of(new PayloadReference(text, text, 1, false, 2, null)),
            false);
    ThrownStack thrown =
        new ThrownStack(
            text,
            text,
            5,
            List.of(text, "frame"),
            0,
            new ThrownStack(text, null, 0, List.of(text), 1, null, List.of()),
            List.of());
    LifecycleRow event = new LifecycleRow(3, 4, text, Map.of(text, text));
    write(CHECKOUT, span, Rows.exception(CHECKOUT, 2, 1, 9, thrown), event);

    SpanFilter exact = new SpanFilter(0, 0, text, text, text, text, 0, 0, 0);
    assertThat(reader().spans(exact))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.row()).isEqualTo(span);
              assertThat(found.service()).isEqualTo(text);
            });
    assertThat(reader().exceptions(ALL_EXCEPTIONS))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.row().stack()).isEqualTo(thrown);
              assertThat(found.row().message()).isEqualTo(text);
            });
    assertThat(reader().lifecycle(CHECKOUT)).containsExactly(event);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1, 9_214_646_400_000_000_000L})
  void number_comesBackFromEveryField(long number) {
    put(CHECKOUT, "checkout");
    SpanRow span =
        new SpanRow(
            CHECKOUT,
            1,
            new TraceId(number, number),
            number,
            number,
            "SERVER",
            "http",
            "name",
            number,
            number,
            "ok",
            null,
            Map.of("number", number),
            List.of(new PayloadReference("input", null, number, true, number, null)),
            false);
    write(CHECKOUT, span);

    assertThat(reader().spans(ALL_SPANS))
        .singleElement()
        .satisfies(found -> assertThat(found.row()).isEqualTo(span));
    assertThat(reader().span(number)).isPresent();
    assertThat(reader().trace(new TraceId(number, number))).hasSize(1);
    assertThat(reader().spanIds(String.format("%016x", number))).containsExactly(number);
  }

  @Test
  void statements_withExtremeDurations_areSummedUp() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        Rows.statement(CHECKOUT, 1, "select 1", Long.MAX_VALUE, "ok"),
        Rows.statement(CHECKOUT, 2, "select 1", Long.MAX_VALUE, "ok"),
        Rows.statement(CHECKOUT, 3, "select 1", -7, "ok"));

    StatementSummary sum = reader().statements(ALL_STATEMENTS).get(0);
    assertThat(sum.count()).isEqualTo(2);
    assertThat(sum.totalNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(sum.p95Nanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void attributes_manyAndNew_comeBack() {
    put(CHECKOUT, "checkout");
    for (long position = 1; position <= 3_000; position++) {
      write(
          CHECKOUT,
          span(
              CHECKOUT,
              position,
              position,
              false,
              1,
              Map.of("id", "v" + position, "key" + position, "same")));
    }
    assertThat(reader().span(1).orElseThrow().row().attributes())
        .isEqualTo(Map.of("id", "v1", "key1", "same"));
    assertThat(reader().span(3_000).orElseThrow().row().attributes())
        .isEqualTo(Map.of("id", "v3000", "key3000", "same"));
  }
}
