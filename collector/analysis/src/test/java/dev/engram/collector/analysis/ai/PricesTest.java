package dev.engram.collector.analysis.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PricesTest {
  private static final Tokens TOKENS = new Tokens(10_000, 8_000, 1_000, 500, 200);

  @Test
  void cost_paysEachTokenOnce() {
    Prices prices = shipped(new Price("anthropic", "m", 0, 0, 3, 0.3, 3.75, 15));

    // 1,000 * 3 + 8,000 * 0.3 + 1,000 * 3.75 + 500 * 15 = 16,650 millionths
    assertThat(prices.cost(call("anthropic", "m", TOKENS))).isCloseTo(0.01665, within(1e-12));
  }

  @Test
  void cacheWithoutAPrice_costsWhatOtherInputCosts() {
    Prices prices = shipped(new Price("openai", "m", 0, 0, 2, null, null, 8));

    // 10,000 * 2 + 500 * 8 = 24,000 millionths
    assertThat(prices.cost(call("openai", "m", TOKENS))).isCloseTo(0.024, within(1e-12));
  }

  @Test
  void unknownModelOrTokens_haveNoCost_whichIsNotZero() {
    Prices prices = shipped(price("openai", "gpt-4o", 0, 1));

    assertThat(prices.cost(call("openai", "gpt-4o-mini", TOKENS))).isNull();
    assertThat(prices.cost(call("groq", "gpt-4o", TOKENS))).isNull();
    assertThat(prices.cost(call("openai", "gpt-4o", null))).isNull();
    assertThat(prices.cost(call(null, "gpt-4o", TOKENS))).isNotNull();
    assertThat(prices.cost(call("openai", null, TOKENS))).isNull();
    Tokens none = new Tokens(0, 0, 0, 0, 0);
    assertThat(prices.cost(call("openai", "gpt-4o", none))).isZero();
  }

  @Test
  void mostExactName_thenLatestDay_thenLongInput_wins() {
    Prices prices =
        shipped(
            price("openai", "gpt-*", 0, 1),
            price("openai", "gpt-4o-*", 0, 2),
            price("openai", "gpt-4o-1", 0, 3),
            price("openai", "gpt-4o-1", 50, 4),
            price("openai", "gpt-4o-1", 200, 5),
            new Price("openai", "gpt-4o-1", 50, 20_000, 6, null, null, 0));

    assertThat(inputPrice(prices, "gpt-5")).isEqualTo(1);
    assertThat(inputPrice(prices, "gpt-4o-2")).isEqualTo(2);
    assertThat(inputPrice(prices, "gpt-4o-1")).isEqualTo(4);
    Tokens many = new Tokens(1_000_000, 0, 0, 0, 0);
    assertThat(prices.cost(call("openai", "gpt-4o-1", many))).isEqualTo(6);
  }

  @Test
  void beforeItsFirstDay_aModelHasNoPrice() {
    assertThat(shipped(price("openai", "m", 101, 1)).cost(call("openai", "m", TOKENS))).isNull();
  }

  @Test
  void ownPrice_goesBeforeTheShippedOne() {
    Prices prices =
        new Prices(
            List.of(price("*", "m*", 0, 0)),
            List.of(price("openai", "m", 0, 9), price("openai", "other", 0, 8)));

    assertThat(inputPrice(prices, "m")).isZero();
    assertThat(inputPrice(prices, "other")).isEqualTo(8);
  }

  @Test
  void modelThatAnswered_goesBeforeTheOneAsked() {
    Prices prices = shipped(price("openai", "asked", 0, 1), price("openai", "answered", 0, 2));
    Tokens million = new Tokens(1_000_000, 0, 0, 0, 0);

    assertThat(prices.cost(call("openai", "asked", "answered", million))).isEqualTo(2);
    assertThat(prices.cost(call("openai", "asked", "unknown", million))).isEqualTo(1);
  }

  @Test
  void hostilePattern_isNoExpression() {
    Prices prices = shipped(price("openai", "a\\E(b|*", 0, 1));

    assertThat(prices.cost(call("openai", "ab", TOKENS))).isNull();
  }

  private static double inputPrice(Prices prices, String model) {
    Double cost = prices.cost(call("openai", model, new Tokens(10_000, 0, 0, 0, 0)));
    return Math.round((cost == null ? -1 : cost) * 100);
  }

  private static Prices shipped(Price... prices) {
    return new Prices(List.of(), List.of(prices));
  }

  private static Price price(String provider, String model, long from, double input) {
    return new Price(provider, model, from, 0, input, null, null, 0);
  }

  private static AiCall call(
      @Nullable String provider, @Nullable String model, @Nullable Tokens tokens) {
    return call(provider, model, null, tokens);
  }

  private static AiCall call(
      @Nullable String provider,
      @Nullable String asked,
      @Nullable String answered,
      @Nullable Tokens tokens) {
    return new AiCall(provider, asked, answered, 100, 1, false, false, tokens, -1, 0);
  }
}
