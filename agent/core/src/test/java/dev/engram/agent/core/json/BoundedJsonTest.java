package dev.engram.agent.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedJsonTest {
  @Test
  void texts_areEscaped() {
    BoundedJson json = new BoundedJson(1000).quoted("a\"b\\c\n\t\u0001\ud83d\ude00\ud83d");

    assertThat(json.toString()).isEqualTo("\"a\\\"b\\\\c\\n\\t\\u0001\ud83d\ude00\\ud83d\"");
    assertThat(json.wholeSize()).isZero();
  }

  @Test
  void beyondTheLimit_nothingIsKeptButTheSize() {
    BoundedJson json = new BoundedJson(10);
    json.quoted("0123456789abcdef").raw(",").quoted("\"\"");

    assertThat(json.toString()).hasSize(10);
    assertThat(json.wholeSize()).isEqualTo(18 + 1 + 4);
    assertThat(new BoundedJson(0).quoted("abc").toString()).isEmpty();
  }

  @Test
  void arguments_areJsonWhereTheyAre() {
    assertThat(new BoundedJson(100).json("a", " {\"b\": [1, true]}").toString())
        .isEqualTo("\"a\": {\"b\": [1, true]}");
    assertThat(new BoundedJson(100).json("a", "{\"b\"").toString())
        .isEqualTo("\"a\":\"{\\\"b\\\"\"");
    assertThat(new BoundedJson(100).json("a", Map.of("b", "1")).toString())
        .isEqualTo("\"a\":{\"b\":\"1\"}");
  }

  @Test
  void entriesWithTextsAsKeys_areSorted_andOthersLeftAsTheyAre() {
    Map<Object, Object> values = new LinkedHashMap<>();
    values.put("b", 1);
    values.put("a", null);
    values.put("c", 2);

    assertThat(new BoundedJson(100).sorted(values, "c").toString())
        .isEqualTo("{\"a\":null,\"b\":1}");
    assertThat(new BoundedJson(100).sorted(List.of(2, 1), "").toString()).isEqualTo("[2,1]");
    values.put(7, 3);
    assertThat(new BoundedJson(100).sorted(values, "").toString())
        .isEqualTo("{\"b\":1,\"a\":null,\"c\":2,\"7\":3}");
  }

  @Test
  void plainValues_areTold() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("text", "a \"quoted\" \\ line\nand more");
    values.put("number", 7L);
    values.put("amount", new BigDecimal("7.50"));
    values.put("part", 0.5);
    values.put("none", Double.NaN);
    values.put("day", LocalDate.of(2026, 1, 2));
    values.put("unit", TimeUnit.DAYS);
    values.put("yes", true);
    values.put("nothing", null);
    assertThat(json(values))
        .isEqualTo(
            "{\"text\":\"a \\\"quoted\\\" \\\\ line\\nand more\",\"number\":7,\"amount\":7.50,"
                + "\"part\":0.5,\"none\":\"NaN\",\"day\":\"2026-01-02\",\"unit\":\"DAYS\","
                + "\"yes\":true,\"nothing\":null}");
  }

  @Test
  void arraysAndCollectionsOfTheJdk_areTold() {
    assertThat(json(Map.of("messages", List.of("hello", List.of(1, new Talkative())))))
        .isEqualTo("{\"messages\":[\"hello\",[1,\"[" + Talkative.class.getName() + "]\"]]}");
    assertThat(json(new Object[] {List.of(), Map.of(), "a"})).isEqualTo("[[],{},\"a\"]");
  }

  @Test
  void listThatHoldsItself_hasAnEnd() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    endless.add(endless);

    assertThat(json(endless)).hasSize(10_000);
  }

  @Test
  void objectOfTheApplication_isNotAsked() {
    List<Object> strange = List.of(new Talkative(), new Counted(), new Listed(), "text");

    assertThat(json(strange))
        .isEqualTo(
            "[\"[%s]\",\"[%s]\",\"[%s]\",\"text\"]"
                .formatted(
                    Talkative.class.getName(), Counted.class.getName(), Listed.class.getName()));
  }

  @Test
  void viewThatFails_isToldAsFarAsItGoes() {
    assertThat(json(List.of(1, Collections.unmodifiableList(new Listed()), 2)))
        .isEqualTo("[1,[],2]");
  }

  @Test
  void whatIsLarge_isCut_andNotReadToItsEnd() {
    BoundedJson text = new BoundedJson(100).value("x".repeat(10_000_000));
    assertThat(text.toString()).hasSize(100);
    assertThat(text.wholeSize()).isEqualTo(10_000_002);

    BoundedJson list = new BoundedJson(100).value(Collections.nCopies(Integer.MAX_VALUE, "x"));
    assertThat(list.toString()).hasSize(100);
    assertThat(list.wholeSize()).isBetween(1_000_000L, 2_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", " [1,-2.5e3] ", "\"a\\\"b\"", "{\"a\":{\"b\":[null,false]}}", "0"})
  void json_isTold(String text) {
    assertThat(JsonSyntax.isValue(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{\"a\"}", "{\"a\":}", "[1,]", "[1 2]", "\"a", "{} {}", "nul", "-", "a"})
  void whatIsNoJson_isTold(String text) {
    assertThat(JsonSyntax.isValue(text)).isFalse();
  }

  @Test
  void deepNesting_isNoJsonAndNoOverflow() {
    assertThat(JsonSyntax.isValue("[".repeat(100_000) + "]".repeat(100_000))).isFalse();
  }

  @Test
  void hugeNumber_isItsClassAlone() {
    BigInteger huge = BigInteger.ONE.shiftLeft(4_097);

    assertThat(json(List.of(huge, new BigDecimal(huge), Map.of(huge, 1), BigInteger.TEN)))
        .isEqualTo(
            "[\"[java.math.BigInteger]\",\"[java.math.BigDecimal]\","
                + "{\"[java.math.BigInteger]\":1},\"10\"]");
  }

  private static String json(Object value) {
    return new BoundedJson(10_000).value(value).toString();
  }

  private static final class Talkative {
    @Override
    public String toString() {
      throw new IllegalStateException("asked");
    }
  }

  private static final class Listed extends AbstractList<Object> {
    @Override
    public Object get(int index) {
      throw new IllegalStateException("asked");
    }

    @Override
    public int size() {
      return 1;
    }
  }

  private static final class Counted extends Number {
    private static final long serialVersionUID = 1L;

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
