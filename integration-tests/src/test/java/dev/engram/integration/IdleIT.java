package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Jdks;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Services that record nothing for long, one on each JDK at the same time, each beside the same
 * service without the agent. How long is {@code -Dengram.idle}, such as {@code PT1H}.
 */
@Tag("full")
class IdleIT {
  private static final Duration IDLE =
      Duration.parse(System.getProperty("engram.idle", Duration.ofMinutes(2).toString()));
  private static final Duration STALE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final double SERVICE_ADDS = 0.005;
  private static final double COLLECTOR_TAKES = 0.01;

  /** The log of the store, and what the readings of the JVM add to store and queue in a minute. */
  private static final long STORE_LOG = 5 << 20;

  private static final long GROWTH_A_MINUTE = 64 << 10;

  @RegisterExtension final Rig first = new Rig();
  @RegisterExtension final Rig second = new Rig();

  @Test
  void silence_costsNextToNothing_andWhatFollowsItIsRemembered() throws IOException {
    List<Jdk> jdks = Jdks.all().toList();
    List<Scene> scenes =
        jdks.size() == 1
            ? List.of(new Scene(first, jdks.get(0)))
            : List.of(new Scene(first, jdks.get(0)), new Scene(second, jdks.get(1)));
    for (Scene scene : scenes) {
      scene.warmUp();
    }
    awaitSilence(Duration.ofSeconds(15), scenes);
    for (Scene scene : scenes) {
      scene.begin();
    }
    awaitSilence(IDLE, scenes);
    for (Scene scene : scenes) {
      scene.measure();
    }
    for (Scene scene : scenes) {
      scene.verify();
    }
  }

  /** Meanwhile every heart beats. */
  private static void awaitSilence(Duration length, List<Scene> scenes) {
    long end = System.nanoTime() + length.toNanos();
    await("the silence to end")
        .atMost(length.plus(PATIENCE.multipliedBy(2)))
        .pollInterval(Duration.ofSeconds(5))
        .until(
            () -> {
              for (Scene scene : scenes) {
                scene.assertBeats();
              }
              return System.nanoTime() - end >= 0;
            });
  }

  /** A service with the agent, its collector, and the same service alone. */
  private static final class Scene {
    private final Rig rig;
    private final Jdk jdk;
    private final Child collector;
    private final Child bare;
    private final Child service;
    private final Traffic toBare;
    private final Traffic toService;
    private Path instance = Path.of("");
    private long filesBefore;
    private Set<Path> queueBefore = Set.of();
    private Duration collectorBefore = Duration.ZERO;
    private Duration bareBefore = Duration.ZERO;
    private Duration serviceBefore = Duration.ZERO;
    private long began;
    private double added;
    private double taken;
    private long grown;

    Scene(Rig rig, Jdk jdk) {
      this.rig = rig;
      this.jdk = jdk;
      collector = rig.collector(jdk);
      bare = rig.java("bare", jdk).application(HttpServerApp.class).start();
      service =
          rig.java("service", jdk)
              .agent()
              .options("-Dengram.queue.roll=minutely")
              .application(HttpServerApp.class)
              .start();
      toBare = Traffic.toApplication(bare);
      toService = Traffic.toApplication(service);
    }

    void warmUp() throws IOException {
      for (int i = 0; i < 50; i++) {
        toBare.get("/hello");
        toService.get("/hello");
      }
      rig.memory(jdk).awaitRequests(50);
      instance = HomeFiles.onlyInstance(rig.home());
    }

    void assertBeats() throws IOException {
      if (HomeFiles.heartbeatAge(instance).compareTo(STALE) >= 0) {
        await("heartbeat on " + jdk)
            .atMost(PATIENCE)
            .until(() -> HomeFiles.heartbeatAge(instance).compareTo(STALE) < 0);
      }
    }

    void begin() throws IOException {
      filesBefore = HomeFiles.bytes(rig.home());
      queueBefore = HomeFiles.queue(instance);
      collectorBefore = cpu(collector);
      bareBefore = cpu(bare);
      serviceBefore = cpu(service);
      began = System.nanoTime();
    }

    void measure() throws IOException {
      double elapsed = System.nanoTime() - began;
      double alone = cpu(bare).minus(bareBefore).toNanos() / elapsed;
      double with = cpu(service).minus(serviceBefore).toNanos() / elapsed;
      added = with - alone;
      taken = cpu(collector).minus(collectorBefore).toNanos() / elapsed;
      grown = HomeFiles.bytes(rig.home()) - filesBefore;
      System.out.printf(
          "idle for %.0f s on %s, in %% of a core: service alone %.3f, with the agent %.3f,"
              + " collector %.3f; the home grew by %d bytes%n",
          elapsed / 1e9, jdk, 100 * alone, 100 * with, 100 * taken, grown);
    }

    void verify() {
      assertThat(added).as("added to the service on %s", jdk).isLessThan(SERVICE_ADDS);
      assertThat(taken).as("taken by the collector on %s", jdk).isLessThan(COLLECTOR_TAKES);
      assertThat(grown)
          .as("bytes")
          .isLessThanOrEqualTo(STORE_LOG + GROWTH_A_MINUTE * Math.max(1, IDLE.toMinutes()));
      assertFirstRecordIsRemembered();
    }

    private void assertFirstRecordIsRemembered() {
      Answer answer = toService.get("/hello");
      await("a new queue file after " + IDLE)
          .atMost(Duration.ofSeconds(60))
          .until(() -> !queueBefore.containsAll(HomeFiles.queue(instance)));
      rig.memory(jdk).awaitRequests(51).requests().assertRemembered(answer);
    }

    private static Duration cpu(Child child) {
      return child.handle().info().totalCpuDuration().orElseThrow();
    }
  }
}
