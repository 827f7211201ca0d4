package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.EndingApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kill -9} of the service, at no moment in particular, while requests are on their way. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class ServiceCrashIT {
  private static final int CONNECTIONS = 8;

  /** Before and after the queue is opened, which is a second after the first record. */
  private static final int LONGEST_LIFE_MILLIS = 2_000;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void killedShop_losesNothingThatWasAnswered_andRemembersNothingTwice() {
    rig.collector(jdk);
    Child shop = rig.shop(jdk);
    Load load = Load.start(Traffic.toShop(shop), CONNECTIONS, "/products", "/report");
    load.awaitMore(500);
    shop.kill();
    load.close();

    rig.stopCollectors();
    rig.memory(jdk).drain().requests().assertRememberedButForOneAConnection(load);
  }

  @Test
  @Tag("full")
  void killedAgainAndAgain_onPlatformThreads_losesNothingThatWasAnswered() {
    killAgainAndAgain("platform", 25);
  }

  @Test
  @Tag("full")
  void killedAgainAndAgain_onVirtualThreads_losesNothingThatWasAnswered() {
    assumeTrue(jdk.feature() >= 21, jdk + " has no virtual threads");
    killAgainAndAgain("virtual", 50);
  }

  @Test
  void killedInTheMiddleOfRequests_listsThoseInFlight_andOneAConnectionAtMostOfTheAnswered() {
    Child service = service("platform");
    Traffic traffic = Traffic.toApplication(service);
    Load lingering = Load.start(traffic, 2, "/linger").awaitMore(20);
    lingering.close();
    Load blocked = Load.start(traffic, 4, "/block");
    service.awaitLines("blocked", 4);
    service.kill();
    blocked.close();

    Memory memory = rig.memory(jdk).drain();
    memory.requests().assertRememberedButForOneAConnection(lingering);
    assertThat(memory.requests("interrupted").traceIds())
        .containsAll(blocked.sent())
        .hasSizeLessThanOrEqualTo(4 + lingering.connections().size());
  }

  private void killAgainAndAgain(String threads, int kills) {
    long seed = System.nanoTime();
    System.out.println("Killing a service on " + jdk + " with seed " + seed);
    Random random = new Random(seed);
    rig.collector(jdk);
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      loads.add(loadUntilKilled(threads, Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS))));
    }

    rig.stopCollectors();
    Requests requests = rig.memory(jdk).drain().requests();
    loads.forEach(requests::assertRememberedButForOneAConnection);
  }

  private Load loadUntilKilled(String threads, Duration life) {
    Child service = service(threads);
    Load load = Load.start(Traffic.toApplication(service), CONNECTIONS, "/hello", "/gone");
    load.awaitMore(1);
    service.killAfter(life);
    load.close();
    return load;
  }

  private Child service(String threads) {
    return rig.java("service", jdk).agent().application(EndingApp.class).arguments(threads).start();
  }
}
