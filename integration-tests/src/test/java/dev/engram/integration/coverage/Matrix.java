package dev.engram.integration.coverage;

import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Jdks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Which versions run on which JDK: in the full tier every version on every JDK that it supports, in
 * the fast tier the latest of some frameworks on the oldest JDK each supports. {@code
 * -Dengram.coverage=Jetty} runs all of those whose name and version hold that text, or one of
 * several between commas.
 */
final class Matrix {
  /** Enough to see each mechanism at work; the full tier has all. */
  private static final Set<String> IN_FAST_TIER =
      Set.of(
          "Tomcat",
          "Spring MVC (Boot)",
          "Spring WebFlux (Boot)",
          "Spring Security (Boot)",
          "JDK HttpClient",
          "OkHttp",
          "Executors",
          "Virtual threads",
          "PostgreSQL",
          "Jedis",
          "Kafka clients");

  private Matrix() {}

  /**
   * @param all the latest version of each framework last
   */
  static <T> Stream<Arguments> of(List<T> all, Function<T, Fixture> fixture) {
    List<Jdk> jdks = Jdks.all().toList();
    return chosen(all, fixture).stream()
        .flatMap(
            each ->
                jdks.stream()
                    .filter(jdk -> jdk.feature() >= fixture.apply(each).since())
                    .limit(Artifacts.isFullTier() || !only().isEmpty() ? jdks.size() : 1)
                    .map(jdk -> Arguments.of(each, jdk)));
  }

  private static <T> List<T> chosen(List<T> all, Function<T, Fixture> fixture) {
    if (!only().isEmpty()) {
      List<String> texts = List.of(only().split(","));
      return all.stream()
          .filter(each -> texts.stream().anyMatch(fixture.apply(each).toString()::contains))
          .toList();
    }
    if (Artifacts.isFullTier()) {
      return all;
    }
    Map<String, T> latest = new LinkedHashMap<>();
    all.forEach(each -> latest.put(fixture.apply(each).framework(), each));
    latest.keySet().retainAll(IN_FAST_TIER);
    return List.copyOf(latest.values());
  }

  private static String only() {
    return System.getProperty("engram.coverage", "");
  }
}
