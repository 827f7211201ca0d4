package dev.engram.cli.demo;

import dev.engram.cli.Invocation;
import dev.engram.cli.launch.PackedJar;
import dev.engram.collector.server.Home;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The shop in two versions, one after the other, each with its customers. The second differs in
 * that it asks another service for prices. For the main thread.
 */
final class Deployments {
  static final String FIRST = "1.0";
  static final String SECOND = "1.1";

  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final Home home;
  private final Path folder;
  private final Invocation invocation;
  private final Path agentJar;
  private final Path shopJar;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  /**
   * Of this demo.
   *
   * @param folder of it alone
   */
  Deployments(Home home, Path folder, Invocation invocation) {
    this.home = home;
    this.folder = folder;
    this.invocation = invocation;
    this.agentJar = PackedJar.AGENT.unpack(home);
    this.shopJar = PackedJar.SAMPLE_SHOP.unpack(folder);
  }

  /** Returns how many requests were answered, besides the readiness probes. */
  int visit() {
    try (FixedModel model = FixedModel.start();
        UnsteadyPrices prices = UnsteadyPrices.start()) {
      Map<String, String> settings = new HashMap<>(model.settings(invocation.environment()));
      if (settings.isEmpty()) {
        invocation.say(FixedModel.API_KEY + " is set: OpenAI's models answer the customers");
      }
      int sent = visitFirst(settings);
      settings.put("SHOP_PRICES_URL", "http://" + prices.authority());
      return sent + visitSecond(settings, prices);
    }
  }

  private int visitFirst(Map<String, String> settings) {
    try (SampleShop shop = start(FIRST, settings)) {
      Traffic traffic = new Traffic(client, shop.address(), 0);
      traffic.usual();
      traffic.unlucky();
      shop.stop();
      return traffic.sent();
    }
  }

  private int visitSecond(Map<String, String> settings, UnsteadyPrices prices) {
    try (SampleShop shop = start(SECOND, settings)) {
      Traffic traffic = new Traffic(client, shop.address(), Traffic.TICKETS);
      traffic.usual();
      new HealingWatch(home, invocation, traffic, prices).await();
      traffic.unlucky();
      shop.stop();
      return traffic.sent();
    }
  }

  private SampleShop start(String version, Map<String, String> settings) {
    invocation.say(
        "starting version " + version + " of the sample shop (Spring Boot) with the agent on");
    SampleShop shop = SampleShop.start(shopJar, agentJar, home, folder, version, settings);
    try {
      shop.awaitReady(client);
      invocation.say("sending traffic to " + shop.address());
      return shop;
    } catch (RuntimeException failed) {
      shop.close();
      throw failed;
    }
  }
}
