package dev.engram.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.query.WhereExpression.Misunderstood;
import dev.engram.collector.query.WhereExpression.Understood;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Condition.All;
import dev.engram.collector.store.Condition.Comparison;
import dev.engram.collector.store.Condition.Not;
import dev.engram.collector.store.Condition.OfRequest;
import dev.engram.collector.store.Condition.Some;
import dev.engram.collector.store.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhereExpressionTest {
  private static final Condition CART = equal("http.route", "/cart", null);

  @Test
  void comparison_isOfAFieldAndAValue() {
    assertThat(read("http.route=/cart")).isEqualTo(CART);
    assertThat(read("  http.route  =  '/cart'  ")).isEqualTo(CART);
    assertThat(read("http.route=\"it's (new)\""))
        .isEqualTo(equal("http.route", "it's (new)", null));
    assertThat(read("'cached'=true")).isEqualTo(equal("cached", "true", null));
    assertThat(read("duration>200ms"))
        .isEqualTo(new Comparison("duration", Operator.GREATER, "200ms", 200e6));
    assertThat(read("duration<=1.5s"))
        .isEqualTo(new Comparison("duration", Operator.AT_MOST, "1.5s", 1.5e9));
    assertThat(read("http.response.body.size >= 2KiB"))
        .isEqualTo(new Comparison("http.response.body.size", Operator.AT_LEAST, "2KiB", 2048.0));
    assertThat(read("http.response.status_code!=500"))
        .isEqualTo(new Comparison("http.response.status_code", Operator.NOT_EQUAL, "500", 500.0));
    assertThat(read("name~orders"))
        .isEqualTo(new Comparison("name", Operator.CONTAINS, "orders", null));
    assertThat(read("name='500'")).isEqualTo(equal("name", "500", null));
  }

  @Test
  void fieldOfTheRequest_isMarked() {
    assertThat(read("request.http.route=/cart")).isEqualTo(new OfRequest(CART));
    assertThat(read("'request.http.route'=/cart"))
        .isEqualTo(equal("request.http.route", "/cart", null));
  }

  @Test
  void and_bindsTighterThanOr_andNotTighterThanBoth() {
    Condition a = equal("name", "a", null);
    Condition b = equal("name", "b", null);
    Condition c = equal("name", "c", null);

    assertThat(read("name=a or name=b and name=c"))
        .isEqualTo(new Some(List.of(a, new All(List.of(b, c)))));
    assertThat(read("(name=a OR name=b) AND name=c"))
        .isEqualTo(new All(List.of(new Some(List.of(a, b)), c)));
    assertThat(read("not name=a and not(name=b)"))
        .isEqualTo(new All(List.of(new Not(a), new Not(b))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                              | 1  | a field, such as duration, is missing at the end
          durration>1s                    | 1  | unknown field durration
          request.nme=a                   | 1  | unknown field request.nme
          duration                        | 9  | one of = != ~ < <= > >= is missing at the end
          duration !! 3                   | 10 | one of = != ~ < <= > >= is missing before !
          duration>                       | 10 | a value, in quotes if need be, is missing at the end
          duration>1parsec                | 10 | 1parsec is no number
          http.request.size<1x            | 19 | 1x is no number
          name=a adn name=b               | 8  | and or or is missing before adn
          name=a and                      | 11 | a field, such as duration, is missing at the end
          (name=a                         | 8  | ) is missing at the end
          name=a)                         | 7  | ) without a (
          name='a                         | 6  | the quote that begins here does not end
          name=and                        | 6  | a value, in quotes if need be, is missing before and
          """)
  void whatIsWrong_isSaidWithItsColumn(String text, int column, String message) {
    Misunderstood wrong = wrong(text);

    assertThat(wrong.message()).startsWith(message);
    assertThat(wrong.column()).isEqualTo(column);
  }

  @Test
  void wrongWord_comesWithWhatWouldBeRight() {
    assertThat(wrong("durration>1s").word()).isEqualTo("durration");
    assertThat(wrong("durration>1s").valid()).contains("duration");
    assertThat(wrong("name=a adn name=b").valid()).containsExactly("and", "or");
  }

  @Test
  void hugeTexts_areRefused_quickly() {
    assertThat(wrong("(".repeat(2_000)).message()).contains("too many parentheses");
    assertThat(wrong("not ".repeat(400)).message()).contains("too many parentheses");
    assertThat(wrong("x".repeat(5_000)).message()).contains("more than 2000 characters");
    assertThat(wrong("name=a or ".repeat(60) + "name=a").message()).contains("comparisons");
    assertThat(WhereExpression.read("name=a or ".repeat(49) + "name=a"))
        .isInstanceOf(Understood.class);
  }

  @ParameterizedTest
  @CsvSource({
    "5,5",
    "-5,-5",
    "1.5s,1.5e9",
    "2us,2000",
    "3m,180e9",
    "1h,3600e9",
    "1d,86400e9",
    "1MB,1e6",
    "1mib,1048576",
    "7B,7",
    "3ns,3"
  })
  void number_hasItsUnit(String text, double number) {
    assertThat(WhereNumber.of(text)).isEqualTo(number);
  }

  private static Condition read(String text) {
    return ((Understood) WhereExpression.read(text)).condition();
  }

  private static Misunderstood wrong(String text) {
    return (Misunderstood) WhereExpression.read(text);
  }

  private static Condition equal(String field, String text, @Nullable Double number) {
    return new Comparison(field, Operator.EQUAL, text, number);
  }
}
