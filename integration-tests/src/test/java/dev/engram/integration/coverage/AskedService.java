package dev.engram.integration.coverage;

import static org.awaitility.Awaitility.await;

import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.provider.Asked;
import dev.engram.integration.provider.ModelProvider;
import dev.engram.integration.provider.Reply;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service of which every request asks a model another question, over several connections at once,
 * until it is killed in the midst of them. What reached the application it has noted itself, and
 * what reached the provider the provider.
 */
final class AskedService {
  private static final int CONNECTIONS = 6;
  private static final int HELD = 2;
  private static final int LONGEST_REST_MILLIS = 300;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What the provider is to do, each as often as the others. */
  private static final List<String> SCRIPTS =
      List.of(
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "[slow 60] ",
          "[think] [cached] ",
          "[busy] ",
          "[down] ",
          "[error 400] ",
          "[malformed] ",
          "[cut] ");

  private final Fixture fixture;
  private final List<String> routes;
  private final int number;
  private final long seed;
  private final Path noted;
  private final String traceId = Traffic.newTraceId();
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  /**
   * @param routes each asks in another way, and what stands behind a {@code ?} before the question;
   *     the first waits for as long as it is not answered
   * @param number no two of a test have the same
   */
  AskedService(Rig rig, Fixture fixture, List<String> routes, int number, long seed) {
    this.fixture = fixture;
    this.routes = routes;
    this.number = number;
    this.seed = seed + number;
    this.noted = rig.folder().resolve("answers-" + number);
  }

  /** Runs until so many questions were answered, and a little longer. */
  void live(Rig rig, Jdk jdk, ModelProvider provider, int questions) {
    String threads = jdk.feature() < 21 ? "platform" : "virtual";
    Child service =
        fixture.start(
            rig, jdk, "-Dprovider=" + provider.url(), "-Danswers=" + noted, "-Dthreads=" + threads);
    Traffic traffic = Traffic.toApplication(service);
    List<Thread> connections = start(CONNECTIONS, () -> askOnAndOn(traffic));
    await(questions + " answers of " + fixture)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> answered.get() >= questions);
    int holding = provider.holding() + HELD;
    connections.addAll(start(HELD, () -> askToHold(traffic)));
    await("questions to " + fixture + " are held")
        .atMost(PATIENCE)
        .until(() -> provider.holding() >= holding);
    service.killAfter(Duration.ofMillis(new SplittableRandom(seed).nextInt(LONGEST_REST_MILLIS)));
    connections.forEach(AskedService::join);
  }

  String traceId() {
    return traceId;
  }

  /** Those that waited for the rest of their answers when it was killed. */
  Set<String> held() {
    return Set.copyOf(held);
  }

  /** What reached the provider, and what that answers it where it may. */
  Map<ModelStep, Reply> asked(ModelProvider provider) {
    Map<ModelStep, Reply> asked = new LinkedHashMap<>();
    for (Asked it : provider.asked()) {
      if (it.prompt().endsWith(" of service " + number)) {
        asked.put(new ModelStep(it.prompt(), it.toolResults()), Reply.to(it));
      }
    }
    return asked;
  }

  /** What reached the application, by question; a line that the kill has cut says nothing. */
  Map<String, String> answers() throws IOException {
    String text = Files.readString(noted);
    Map<String, String> answers = new HashMap<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      String[] parts = line.split(" ", -1);
      answers.put(decoded(parts[0]), decoded(parts[1]));
    }
    return answers;
  }

  @Override
  public String toString() {
    return fixture.toString();
  }

  private void askOnAndOn(Traffic traffic) {
    try {
      while (true) {
        int n = asked.getAndIncrement();
        String script = SCRIPTS.get(new SplittableRandom(seed * 31 + n).nextInt(SCRIPTS.size()));
        String route = routes.get(n % routes.size());
        ask(traffic, route, script + question(route, n));
        answered.incrementAndGet();
      }
    } catch (IOException killed) {
      // Its answer is missing then.
    }
  }

  private void askToHold(Traffic traffic) {
    String question = "[hold] " + question(routes.get(0), asked.getAndIncrement());
    held.add(question);
    try {
      ask(traffic, routes.get(0), question);
    } catch (IOException killed) {
      // As it must be.
    }
  }

  private String question(String route, int n) {
    String before = route.substring(path(route).length()).replaceFirst("\\?", "");
    return before + "Question " + n + " of service " + number;
  }

  private static String path(String route) {
    return route.replaceFirst("\\?.*", "");
  }

  private void ask(Traffic traffic, String route, String question) throws IOException {
    String query = URLEncoder.encode(question, StandardCharsets.UTF_8);
    traffic.send(traceId, "GET", path(route) + "?" + query, BodyPublishers.noBody());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static List<Thread> start(int count, Runnable work) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(work, "asking " + i);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
