package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody who wants to be forgotten is, through the packaged jars. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class ForgetIT {
  private static final String USER = "zqbobzq";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void user_isInNoFileOfTheHome_alsoNotOfWhatNobodyHadCollected()
      throws IOException, InterruptedException {
    rig.expectVoice("^engram: ");
    Child service = service();
    ask(service, USER, 5);
    ask(service, "ann", 3);
    service.stop();
    assertThat(HomeFiles.holding(rig.home(), USER)).isNotEmpty();

    assertThat(forget()).contains("took out ");

    assertThat(HomeFiles.holding(rig.home(), USER)).isEmpty();
    assertThat(rig.memory(jdk).requests().count()).isEqualTo(3);
  }

  @Test
  void user_isForgottenBesideACollector_whichGoesOn() throws IOException, InterruptedException {
    rig.collector(jdk);
    Child service = service();
    ask(service, USER, 5);
    rig.memory(jdk).awaitRequests(5);
    ask(service, "ann", 3);
    assertThat(forget()).contains("took out ");
    assertThat(HomeFiles.holding(rig.home().resolve("store"), USER)).isEmpty();

    ask(service, "ann", 3);
    service.stop();
    rig.memory(jdk).awaitRequests(6);
    rig.stopCollectors();
    assertThat(HomeFiles.holding(rig.home().resolve("store"), USER)).isEmpty();
    rig.memory(jdk).assertSettled();
  }

  private Child service() {
    return rig.java("service", jdk)
        .agent()
        .options("-Dengram.capture.user.header=x-user", "-Dengram.capture.user=plain")
        .application(HttpServerApp.class)
        .start();
  }

  private String forget() {
    Child forget = rig.memory(jdk).run("forget", "--user", USER, "--yes");
    assertThat(forget.awaitExit()).as(forget::describe).isZero();
    return String.join("\n", forget.out());
  }

  private static void ask(Child service, String user, int times)
      throws IOException, InterruptedException {
    String port = service.awaitLine(Pattern.compile("^listening on (\\d+)")).group(1);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hello"))
            .header("x-user", user)
            .build();
    for (int i = 0; i < times; i++) {
      assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }
}
