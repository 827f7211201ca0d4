package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The store is looked after while services and collector go on, through the packaged jars. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class StoreUpkeepIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void store_isCopiedEmptiedAndPutBack() {
    rig.expectVoice("^engram: ");
    Path copy = rig.folder().resolve("memory.db");
    rig.collector(jdk);
    Child service = rig.java("service", jdk).agent().application(HttpServerApp.class).start();
    Traffic traffic = Traffic.toApplication(service);
    get(traffic, 5);
    rig.memory(jdk).awaitRequests(5);

    assertThat(engram("backup", copy.toString())).isZero();
    assertThat(copy).isNotEmptyFile();
    assertThat(engram("restore", copy.toString())).isEqualTo(1);

    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              assertThat(engram("store", "retain", "--keep", "1s")).isZero();
              assertThat(rig.memory(jdk).requests().count()).isZero();
            });
    get(traffic, 2);
    service.stop();
    rig.memory(jdk).awaitRequests(2).drain();
    rig.stopCollectors();
    rig.memory(jdk).assertSettled();
    assertThat(engram("store", "check")).isZero();

    assertThat(engram("restore", copy.toString())).isZero();
    assertThat(rig.memory(jdk).requests().count()).isEqualTo(5);
    rig.expectNoBooks();
  }

  private static void get(Traffic traffic, int times) {
    for (int i = 0; i < times; i++) {
      traffic.get("/hello");
    }
  }

  private int engram(String... arguments) {
    return rig.memory(jdk).run(arguments).awaitExit();
  }
}
