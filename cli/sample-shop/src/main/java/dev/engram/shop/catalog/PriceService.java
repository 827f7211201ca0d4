package dev.engram.shop.catalog;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Asks the service that knows today's prices, where {@code shop.prices.url} names one. It tries
 * once: a failure is the caller's. Thread-safe.
 */
@Component
@ConditionalOnProperty("shop.prices.url")
class PriceService {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final String url;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  PriceService(@Value("${shop.prices.url}") String url) {
    this.url = url;
  }

  /**
   * What a product costs today, in cents.
   *
   * @throws UncheckedIOException when the service cannot be asked
   * @throws IllegalStateException when it does not say
   */
  long priceCents(long product) {
    URI uri = URI.create(url + "/prices/" + product);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("the price service answered " + answer.statusCode());
      }
      return Long.parseLong(answer.body());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException(interrupted.getMessage()));
    }
  }
}
