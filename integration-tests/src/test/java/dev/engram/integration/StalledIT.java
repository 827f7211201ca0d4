package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A service or a collector that stands still under load and goes on, as in a paused container: its
 * heartbeat grows old, its locks stay held. How long is {@code -Dengram.stall}, such as {@code
 * PT15S}; the clients wait five minutes at most.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
@Tag("full")
class StalledIT {
  /** Far longer than the ten seconds after which a heartbeat counts as old. */
  private static final Duration STALL =
      Duration.parse(System.getProperty("engram.stall", Duration.ofMinutes(1).toString()));

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void stalledService_isNotAdopted_andGoesOn() throws IOException {
    Child collector = rig.collector(jdk);
    Child service = service();
    Load load = load(service);
    Path instance = HomeFiles.onlyInstance(rig.home());
    service.suspend();
    awaitOldHeartbeat(instance);
    assertSecondCollectorIsRefused(collector);
    rig.stopCollectors();
    assertThat(memory().run("collect", "--once").awaitExit()).isZero();
    assertThat(HomeFiles.onlyInstance(rig.home())).isEqualTo(instance);
    assertThat(memory().run("status").out()).anyMatch(line -> line.contains("running"));
    rig.collector(jdk);
    service.resume();

    assertGoesOn(service, load);
  }

  @Test
  void stalledCollector_keepsTheHome_andGoesOn() throws IOException {
    Child collector = rig.collector(jdk);
    Child service = service();
    Load load = load(service);
    collector.suspend();
    int before = memory().status().path("total").path("stored").asInt();
    awaitStall(load);
    assertSecondCollectorIsRefused(collector);
    assertThat(memory().status().path("total").path("stored").asInt()).isEqualTo(before);
    collector.resume();

    assertGoesOn(service, load);
    assertThat(collector.voice()).as(collector::describe).hasSize(1);
  }

  private Child service() {
    return rig.java("service", jdk)
        .agent()
        // The JDK's server closes what was idle for half a minute, as it finds all when it goes on.
        .options("-Dengram.queue.roll=secondly", "-Dsun.net.httpserver.idleInterval=3600")
        .application(HttpServerApp.class)
        .start();
  }

  /** Under way, and being stored. */
  private Load load(Child service) {
    Traffic traffic = Traffic.toApplication(service);
    Load load = Load.start(traffic, 4, Duration.ofMillis(2), "/hello", "/gone", "/teapot/x");
    load.awaitMore(200);
    memory().awaitStored(200);
    return load;
  }

  private static void awaitOldHeartbeat(Path instance) {
    await("a heartbeat that is " + STALL + " old")
        .atMost(STALL.plusMinutes(1))
        .until(() -> HomeFiles.heartbeatAge(instance).compareTo(STALL) > 0);
  }

  private static void awaitStall(Load load) {
    long end = System.nanoTime() + STALL.toNanos();
    await("the stall to end")
        .atMost(STALL.plusMinutes(1))
        .until(
            () -> {
              load.awaitMore(1);
              return System.nanoTime() - end >= 0;
            });
  }

  private void assertSecondCollectorIsRefused(Child first) {
    Child second = memory().run("collect", "--once");
    assertThat(second.awaitExit()).as(second::describe).isOne();
    assertThat(second.err())
        .singleElement()
        .asString()
        .contains("is served by another collector (pid " + first.handle().pid() + ", ");
  }

  private void assertGoesOn(Child service, Load load) {
    load.awaitMore(200);
    memory().awaitStored(load.answered().size());
    load.close();
    service.stop();
    rig.stopCollectors();

    Requests requests = memory().drain().requests();
    assertThat(load.answered()).hasSameSizeAs(load.sent()).allSatisfy(requests::assertRemembered);
    assertThat(requests.count()).isEqualTo(load.answered().size());
  }

  private Memory memory() {
    return rig.memory(jdk);
  }
}
