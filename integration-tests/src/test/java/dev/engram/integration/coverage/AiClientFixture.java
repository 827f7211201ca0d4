package dev.engram.integration.coverage;

import dev.engram.integration.harness.Fixture;
import java.util.List;

/**
 * A client by which an application asks models.
 *
 * @param routes of the application: each asks in another way
 */
record AiClientFixture(Fixture fixture, List<String> routes, Spoken spoken) {
  private static final String OKHTTP = "com.squareup.okhttp3:okhttp-jvm:5.5.1";
  private static final List<String> BY_HAND = List.of("/chat", "/async", "/stream", "/abandoned");

  /** What streams is in a binary form that is not read. */
  private static final List<String> WHOLE_BY_HAND = List.of("/chat", "/async");

  /**
   * The interface of a provider, and what is not the same in all of them.
   *
   * @param provider by OpenTelemetry's name
   * @param operation by OpenTelemetry's name, of what is no embedding
   * @param model that it says has answered; empty when it says nothing
   * @param namesToolCalls whether a call of a tool has an id
   * @param caches whether it says what came from a cache
   */
  record Spoken(
      String provider, String operation, String model, boolean namesToolCalls, boolean caches) {
    private static final Spoken OPENAI = new Spoken("openai", "chat", "stub-chat-2025", true, true);
    private static final Spoken ANTHROPIC =
        new Spoken("anthropic", "chat", "stub-chat-2025", true, true);
    private static final Spoken GEMINI =
        new Spoken("gcp.gemini", "generate_content", "stub-chat-2025", false, true);
    private static final Spoken OLLAMA = new Spoken("ollama", "chat", "stub-chat", false, false);
    private static final Spoken CONVERSE = new Spoken("aws.bedrock", "chat", "", true, true);
    private static final Spoken INVOKE =
        new Spoken("aws.bedrock", "chat", "stub-chat-2025", true, true);
  }

  /** The latest version of each last. */
  static List<AiClientFixture> all() {
    return List.of(
        openAi("2.15.0"),
        openAi("4.101.0"),
        anthropic("2.2.0"),
        anthropic("3.14.0"),
        onJdk("AI by JDK HttpClient", "ai-openai", BY_HAND, Spoken.OPENAI),
        urlConnection(),
        onOkHttp("4.0.0", "com.squareup.okhttp3:okhttp:4.0.0"),
        onOkHttp("5.5.1", OKHTTP),
        onApache("4.5", "org.apache.httpcomponents:httpclient"),
        onApache("4.5.14", "org.apache.httpcomponents:httpclient"),
        onApache("5.0", "org.apache.httpcomponents.client5:httpclient5"),
        onApache("5.6.5", "org.apache.httpcomponents.client5:httpclient5"),
        onApacheAsync("5.1.3"),
        onApacheAsync("5.6.5"),
        onReactorNetty("1.0.0"),
        onReactorNetty("1.3.8"),
        onWebClient("2.7.18"),
        onWebClient("4.1.2"),
        onJdk("Gemini by JDK HttpClient", "ai-gemini", BY_HAND, Spoken.GEMINI),
        ollama(),
        onJdk(
            "Bedrock's converse by JDK HttpClient",
            "ai-bedrock-converse",
            WHOLE_BY_HAND,
            Spoken.CONVERSE),
        onJdk(
            "Bedrock's invoke by JDK HttpClient",
            "ai-bedrock-invoke",
            WHOLE_BY_HAND,
            Spoken.INVOKE));
  }

  private static AiClientFixture openAi(String version) {
    List<String> routes =
        List.of(
            "/chat",
            "/raw",
            "/async",
            "/stream",
            "/async-stream",
            "/responses",
            "/responses-stream",
            "/embeddings",
            "/abandoned");
    return ofProvider("openai-java", version, "com.openai:openai-java", routes, Spoken.OPENAI);
  }

  private static AiClientFixture anthropic(String version) {
    List<String> routes =
        List.of("/chat", "/raw", "/async", "/stream", "/async-stream", "/abandoned");
    return ofProvider(
        "anthropic-java", version, "com.anthropic:anthropic-java", routes, Spoken.ANTHROPIC);
  }

  private static AiClientFixture ofProvider(
      String name, String version, String artifact, List<String> routes, Spoken spoken) {
    Fixture fixture =
        Fixture.of(name, version, name, artifact + ":" + version, "org.slf4j:slf4j-nop:2.0.17");
    return new AiClientFixture(fixture.with("ai-questions").with("routes"), routes, spoken);
  }

  private static AiClientFixture onJdk(
      String name, String spokenIn, List<String> routes, Spoken spoken) {
    Fixture fixture = Fixture.of(name, "of the JDK", spokenIn).with("ai-jdk-http-client");
    return byHand(fixture, routes, spoken);
  }

  private static AiClientFixture urlConnection() {
    Fixture fixture =
        Fixture.of("AI by HttpURLConnection", "of the JDK", "ai-http-url-connection")
            .with("ai-openai");
    return byHand(fixture, List.of("/chat", "/stream", "/abandoned"), Spoken.OPENAI);
  }

  private static AiClientFixture onOkHttp(String version, String coordinates) {
    Fixture fixture =
        Fixture.of("AI by OkHttp", version, "ai-okhttp", coordinates).with("ai-openai");
    return byHand(fixture, BY_HAND, Spoken.OPENAI);
  }

  private static AiClientFixture onApache(String version, String artifact) {
    char line = version.charAt(0);
    String name = "AI by Apache HttpClient " + line;
    Fixture fixture =
        Fixture.of(
                name,
                version,
                "ai-apache-" + line,
                artifact + ":" + version,
                "org.slf4j:slf4j-nop:2.0.17")
            .with("ai-openai");
    List<String> routes =
        List.of("/chat", "/handled", "/written", "/stream", "/abandoned", "/unread");
    return byHand(fixture, routes, Spoken.OPENAI);
  }

  /** That of 5.0 never answers, where it asks again because the provider was busy. */
  private static AiClientFixture onApacheAsync(String version) {
    Fixture fixture =
        Fixture.of(
                "AI by asynchronous Apache HttpClient 5",
                version,
                "ai-apache-5-async",
                "org.apache.httpcomponents.client5:httpclient5:" + version,
                "org.slf4j:slf4j-nop:2.0.17")
            .with("ai-openai");
    return byHand(fixture, List.of("/chat", "/text", "/stream", "/abandoned"), Spoken.OPENAI);
  }

  private static AiClientFixture onReactorNetty(String version) {
    String client = "io.projectreactor.netty:reactor-netty-http:" + version;
    Fixture fixture =
        Fixture.of("AI by Reactor Netty", version, "ai-reactor-netty", client).with("ai-openai");
    return byHand(fixture, BY_HAND, Spoken.OPENAI);
  }

  private static AiClientFixture onWebClient(String version) {
    String client = "org.springframework.boot:spring-boot-starter-webflux:" + version;
    Fixture fixture =
        Fixture.of("AI by Spring WebClient (Boot)", version, "ai-web-client", client)
            .with("ai-openai");
    return byHand(fixture, BY_HAND, Spoken.OPENAI);
  }

  private static AiClientFixture ollama() {
    Fixture fixture =
        Fixture.of("Ollama by OkHttp", "5.5.1", "ai-ollama", OKHTTP).with("ai-okhttp");
    return byHand(fixture, BY_HAND, Spoken.OLLAMA);
  }

  private static AiClientFixture byHand(Fixture fixture, List<String> routes, Spoken spoken) {
    return new AiClientFixture(fixture.with("ai-questions").with("routes"), routes, spoken);
  }

  @Override
  public String toString() {
    return fixture.toString();
  }
}
