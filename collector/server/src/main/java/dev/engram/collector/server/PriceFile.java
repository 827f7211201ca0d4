package dev.engram.collector.server;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.engram.collector.analysis.ai.Price;
import dev.engram.collector.analysis.ai.Prices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables of prices: the one in this jar, and {@code prices.json} of a home, which is of the
 * same shape and goes before it. The jar's own says what its fields mean.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PriceFile(@JsonProperty(value = "prices", required = true) List<Entry> prices) {
  static final String NAME = "prices.json";

  private static final int MAX_LENGTH = 1 << 20;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  /** One price, as it stands in the file. */
  record Entry(
      String provider,
      String model,
      LocalDate from,
      long aboveInputTokens,
      double input,
      @Nullable Double cacheRead,
      @Nullable Double cacheWrite,
      double output) {
    @JsonCreator
    static Entry of(
        @JsonProperty(value = "provider", required = true) String provider,
        @JsonProperty(value = "model", required = true) String model,
        @JsonProperty(value = "from", required = true) String from,
        @JsonProperty("above_input_tokens") @Nullable Long aboveInputTokens,
        @JsonProperty(value = "input", required = true) double input,
        @JsonProperty("cache_read") @Nullable Double cacheRead,
        @JsonProperty("cache_write") @Nullable Double cacheWrite,
        @JsonProperty(value = "output", required = true) double output) {
      return new Entry(
          Objects.requireNonNull(provider, "provider"),
          Objects.requireNonNull(model, "model"),
          LocalDate.parse(from),
          aboveInputTokens == null ? 0 : aboveInputTokens,
          input,
          cacheRead,
          cacheWrite,
          output);
    }

    Price price() {
      return new Price(
          provider,
          model,
          TimeUnit.SECONDS.toNanos(from.atStartOfDay(ZoneOffset.UTC).toEpochSecond()),
          aboveInputTokens,
          input,
          cacheRead,
          cacheWrite,
          output);
    }
  }

  /**
   * The prices of a home, and of this jar for what they lack.
   *
   * @throws HomeException when the home's file is no table of prices
   */
  static Prices of(Home home) {
    return new Prices(own(home.folder().resolve(NAME)), shipped());
  }

  static List<Price> shipped() {
    try (InputStream in = PriceFile.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new IllegalStateException(NAME + " is missing from the jar");
      }
      return read(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(NAME, unreadable);
    }
  }

  private static List<Price> own(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    } catch (JsonProcessingException broken) {
      throw new HomeException(
          file + " is no table of prices (" + reason(broken) + "); correct or remove it", broken);
    } catch (IOException unreadable) {
      throw new HomeException(
          "cannot read " + file + " (" + unreadable + "); correct or remove it", unreadable);
    }
  }

  private static List<Price> read(InputStream in) throws IOException {
    byte[] json = in.readNBytes(MAX_LENGTH + 1);
    if (json.length > MAX_LENGTH) {
      throw new IOException("it is longer than " + MAX_LENGTH + " bytes");
    }
    return JSON.readValue(json, PriceFile.class).prices().stream().map(Entry::price).toList();
  }

  private static String reason(JsonProcessingException broken) {
    Throwable cause = broken.getCause() instanceof DateTimeException date ? date : broken;
    String message =
        cause instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : cause.getMessage();
    int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
    return "line " + line + ": " + message;
  }
}
