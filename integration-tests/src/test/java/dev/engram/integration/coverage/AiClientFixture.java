package dev.engram.integration.coverage;

import dev.engram.integration.harness.Fixture;
import java.util.List;

/**
 * A client by which an application asks models.
 *
 * @param routes of the application: each asks in another way
 * @param retries whether it asks again what was refused
 * @param provider by OpenTelemetry's name
 */
record AiClientFixture(Fixture fixture, List<String> routes, boolean retries, String provider) {
  /** The latest version of each last. */
  static List<AiClientFixture> all() {
    return List.of(
        openAi("2.15.0"),
        openAi("4.101.0"),
        anthropic("2.2.0"),
        anthropic("3.14.0"),
        byHand("AI by JDK HttpClient", "of the JDK", "ai-jdk-http-client"),
        urlConnection(),
        okHttp("4.0.0", "okhttp"),
        okHttp("5.5.1", "okhttp-jvm"));
  }

  private static AiClientFixture openAi(String version) {
    Fixture fixture = fixture("openai-java", version, "openai-java", "com.openai:openai-java");
    return new AiClientFixture(
        fixture,
        List.of(
            "/chat",
            "/raw",
            "/async",
            "/stream",
            "/async-stream",
            "/responses",
            "/responses-stream",
            "/embeddings",
            "/abandoned"),
        true,
        "openai");
  }

  private static AiClientFixture anthropic(String version) {
    Fixture fixture =
        fixture("anthropic-java", version, "anthropic-java", "com.anthropic:anthropic-java");
    return new AiClientFixture(
        fixture,
        List.of("/chat", "/raw", "/async", "/stream", "/async-stream", "/abandoned"),
        true,
        "anthropic");
  }

  private static AiClientFixture urlConnection() {
    AiClientFixture all = byHand("AI by HttpURLConnection", "of the JDK", "ai-http-url-connection");
    List<String> routes = List.of("/chat", "/stream", "/abandoned");
    return new AiClientFixture(all.fixture(), routes, all.retries(), all.provider());
  }

  private static AiClientFixture okHttp(String version, String artifact) {
    return byHand(
        "AI by OkHttp", version, "ai-okhttp", "com.squareup.okhttp3:" + artifact + ":" + version);
  }

  private static AiClientFixture byHand(
      String name, String version, String folder, String... coordinates) {
    return new AiClientFixture(
        Fixture.of(name, version, folder, coordinates).with("ai-questions").with("routes"),
        List.of("/chat", "/async", "/stream", "/abandoned"),
        false,
        "openai");
  }

  private static Fixture fixture(String name, String version, String folder, String artifact) {
    return Fixture.of(name, version, folder, artifact + ":" + version, "org.slf4j:slf4j-nop:2.0.17")
        .with("ai-questions")
        .with("routes");
  }

  @Override
  public String toString() {
    return fixture.toString();
  }
}
