package dev.engram.agent.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlainJsonTest {
  @Test
  void plainValues_areTold() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("text", "a \"quoted\" \\ line\nand more");
    values.put("number", 7L);
    values.put("amount", new BigDecimal("7.50"));
    values.put("day", LocalDate.of(2026, 1, 2));
    values.put("unit", TimeUnit.DAYS);
    values.put("yes", true);
    values.put("nothing", null);
    assertThat(PlainJson.of(values))
        .isEqualTo(
            "{\"text\":\"a \\\"quoted\\\" \\\\ line\\u000aand more\",\"number\":7,"
                + "\"amount\":\"7.50\",\"day\":\"2026-01-02\",\"unit\":\"DAYS\",\"yes\":true,"
                + "\"nothing\":null}");
  }

  @Test
  void collectionsOfTheJdk_areTold() {
    assertThat(PlainJson.of(Map.of("messages", List.of("hello", List.of(1, new Talkative())))))
        .isEqualTo("{\"messages\":[\"hello\",[1,\"[" + Talkative.class.getName() + "]\"]]}");
    assertThat(PlainJson.of(Map.of())).isEqualTo("{}");
  }

  @Test
  void listThatHoldsItself_hasAnEnd() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    assertThat(PlainJson.of((Object) endless)).contains("[java.util.ArrayList]");
  }

  @Test
  void objectOfTheApplication_isNotAsked() {
    assertThat(PlainJson.of(new Object[] {new Talkative(), new Counted(), "text"}))
        .isEqualTo(
            "[\"["
                + Talkative.class.getName()
                + "]\",\"["
                + Counted.class.getName()
                + "]\",\"text\"]");
  }

  @Test
  void whatIsLarge_isCut() {
    assertThat(PlainJson.of("x".repeat(10_000_000))).hasSizeLessThan(100_000);
    assertThat(PlainJson.of(new ArrayList<>(Collections.nCopies(10_000, "x")).toArray()))
        .hasSizeLessThan(2_000);
  }

  private static final class Talkative {
    @Override
    public String toString() {
      throw new IllegalStateException("asked");
    }
  }

  private static final class Counted extends Number {
    @Override
    public int intValue() {
      throw new IllegalStateException("asked");
    }

    @Override
    public long longValue() {
      throw new IllegalStateException("asked");
    }

    @Override
    public float floatValue() {
      throw new IllegalStateException("asked");
    }

    @Override
    public double doubleValue() {
      throw new IllegalStateException("asked");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("asked");
    }
  }
}
