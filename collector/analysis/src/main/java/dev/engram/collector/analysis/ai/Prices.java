package dev.engram.collector.analysis.ai;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table of prices. A model that it does not know has no price, which is not 0. Not thread-safe.
 */
public final class Prices {
  public static final Prices NONE = new Prices(List.of(), List.of());

  /** The one that names the model most exactly; of those the one that began last. */
  private static final Comparator<Price> BEST =
      Comparator.comparingInt(Prices::exactness)
          .thenComparingLong(Price::fromEpochNanos)
          .thenComparingLong(Price::aboveInputTokens);

  /** Which price: the calls of a day mostly share a few of these. */
  private record Model(@Nullable String provider, String model) {}

  private final List<Price> own;
  private final List<Price> shipped;
  private final Map<Model, List<Price>> known = new HashMap<>();

  /**
   * Two lists as one.
   *
   * @param own what the user says; where one of these is of a model, {@code shipped} is not asked
   */
  public Prices(List<Price> own, List<Price> shipped) {
    this.own = List.copyOf(own);
    this.shipped = List.copyOf(shipped);
  }

  /** What a call cost in US dollars; null when its tokens or its model's price are not known. */
  public @Nullable Double cost(AiCall call) {
    Tokens tokens = call.tokens();
    if (tokens == null) {
      return null;
    }
    return of(call, tokens).map(price -> price.of(tokens)).orElse(null);
  }

  private Optional<Price> of(AiCall call, Tokens tokens) {
    return of(call.provider(), call.responseModel(), call.startEpochNanos(), tokens)
        .or(() -> of(call.provider(), call.requestModel(), call.startEpochNanos(), tokens));
  }

  private Optional<Price> of(
      @Nullable String provider, @Nullable String model, long epochNanos, Tokens tokens) {
    if (model == null) {
      return Optional.empty();
    }
    return known.computeIfAbsent(new Model(provider, model), this::find).stream()
        .filter(price -> price.fromEpochNanos() <= epochNanos)
        .filter(price -> price.aboveInputTokens() == 0 || tokens.input() > price.aboveInputTokens())
        .max(BEST);
  }

  private List<Price> find(Model model) {
    List<Price> found = find(own, model);
    return found.isEmpty() ? find(shipped, model) : found;
  }

  private static List<Price> find(List<Price> prices, Model model) {
    return prices.stream().filter(price -> price.isOf(model.provider(), model.model())).toList();
  }

  /** Characters of the model's name that are given; a whole name beats every pattern. */
  private static int exactness(Price price) {
    return price.model().contains("*")
        ? price.model().replace("*", "").length()
        : Integer.MAX_VALUE;
  }
}
