package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HttpServerApp;
import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kill -9} of the service, at no moment in particular, while requests are on their way. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#all")
class ServiceCrashIT {
  private static final int KILLS = Artifacts.isFullTier() ? 25 : 2;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void killedShop_losesNothingThatWasAnswered_andRemembersNothingTwice() {
    rig.collector(jdk);
    Child shop = rig.shop(jdk);
    Load load = Load.start(Traffic.toShop(shop), 8, "/products", "/products/1", "/report");
    load.awaitMore(500);
    shop.kill();
    load.close();

    check(List.of(load));
  }

  @Test
  void killedAgainAndAgain_losesNothingThatWasAnswered_andRemembersNothingTwice() {
    rig.collector(jdk);
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      loads.add(loadUntilKilled(100 + 400 * i));
    }

    check(loads);
  }

  @Test
  void killedWithoutACollector_leavesItAllForTheNextOne() {
    check(List.of(loadUntilKilled(1_500)));
  }

  private Load loadUntilKilled(int answers) {
    Child service = rig.java("service", jdk).agent().application(HttpServerApp.class).start();
    Load load = Load.start(Traffic.toApplication(service), 8, "/hello", "/teapot/x");
    load.awaitMore(answers);
    service.kill();
    load.close();
    return load;
  }

  private void check(List<Load> loads) {
    List<Answer> answered = loads.stream().flatMap(load -> load.answered().stream()).toList();
    rig.stopCollectors();
    Requests requests = rig.memory(jdk).drain().requests();
    for (Answer answer : answered) {
      JsonNode span = requests.of(answer);
      if (!span.path("status").asText().equals("interrupted")) {
        requests.assertRemembered(answer);
      }
    }
    loads.stream()
        .flatMap(load -> load.sent().stream())
        .forEach(traceId -> assertThat(requests.of(traceId)).hasSizeLessThanOrEqualTo(1));
  }
}
