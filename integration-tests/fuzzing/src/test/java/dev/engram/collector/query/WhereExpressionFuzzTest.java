package dev.engram.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.engram.collector.query.WhereExpression.Misunderstood;
import dev.engram.collector.query.WhereExpression.Read;
import dev.engram.collector.query.WhereExpression.Understood;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Condition.All;
import dev.engram.collector.store.Condition.Not;
import dev.engram.collector.store.Condition.OfRequest;
import dev.engram.collector.store.Condition.Some;
import dev.engram.collector.store.Fields;
import dev.engram.collector.store.RowFields;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Conditions as nobody would type them. */
class WhereExpressionFuzzTest {
  private static final Fields REQUEST =
      new RowFields(Map.of("status", "error"), Map.of("http.route", "/cart"), Stream::empty);

  private static final Fields ROW =
      new RowFields(
          Map.of("name", "a", "duration", 5L), Map.of("x.y", Double.NaN), () -> Stream.of(REQUEST));

  private static final List<String> PIECES =
      List.of(
          "name",
          "duration",
          "x.y",
          "request.",
          "http.route",
          "=",
          "!=",
          "~",
          "<",
          "<=",
          ">",
          ">=",
          "and",
          " or ",
          "not ",
          "(",
          ")",
          "'",
          "\"",
          "200ms",
          "1.5",
          "9999999999",
          "KiB",
          " ",
          "-",
          "/cart",
          "\0",
          "\ud800");

  @FuzzTest(maxDuration = "20s")
  void expression_isAConditionOrAPlaceInIt(FuzzedDataProvider data) {
    StringBuilder text = new StringBuilder();
    for (int i = data.consumeInt(0, 40); i > 0; i--) {
      text.append(data.pickValue(PIECES));
    }
    text.append(data.consumeRemainingAsString());

    Read read = WhereExpression.read(text.toString());

    if (read instanceof Misunderstood wrong) {
      assertThat(wrong.column()).isBetween(1, text.length() + 1);
      assertThat(wrong.message()).isNotBlank();
    } else {
      Condition condition = ((Understood) read).condition();
      assertThat(height(condition)).isLessThanOrEqualTo(Condition.DEEPEST);
      assertThat(new Not(condition).test(ROW)).isEqualTo(!condition.test(ROW));
    }
  }

  private static int height(Condition condition) {
    if (condition instanceof All all) {
      return 1 + height(all.conditions());
    }
    if (condition instanceof Some some) {
      return 1 + height(some.conditions());
    }
    if (condition instanceof Not not) {
      return 1 + height(not.condition());
    }
    return condition instanceof OfRequest ofRequest ? 1 + height(ofRequest.condition()) : 1;
  }

  private static int height(List<Condition> conditions) {
    return conditions.stream().mapToInt(WhereExpressionFuzzTest::height).max().orElse(0);
  }
}
