package dev.engram.agent.instrumentation.apachehttpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.control.HealLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls to a server that redirects to another one, which is down. */
class BreakerTest {
  private static final Duration LEARNT_WITHIN = Duration.ofMinutes(2);

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final CloseableHttpClient client = HttpClients.custom().disableAutomaticRetries().build();
  private HttpServer server;
  private HttpServer down;

  @BeforeEach
  void begin() throws IOException {
    down = listen(503, null);
    server = listen(302, url(down));
    Healing.start(name -> false, HealLevel.OBSERVE);
  }

  @AfterEach
  void stop() throws IOException {
    Healing.level(HealLevel.OFF);
    client.close();
    server.stop(0);
    down.stop(0);
  }

  @Test
  void serviceThatIsDown_isTheOneThatItWasSentTo() {
    await("it is seen")
        .atMost(LEARNT_WITHIN)
        .until(
            () -> {
              int status = client.execute(new HttpGet(url(server)), it -> it.getCode());
              assertThat(status).isEqualTo(503);
              return run.all(RemedyAttemptRecord.class).anyMatch(BreakerTest::isBreaker);
            });

    assertThat(run.all(RemedyAttemptRecord.class).filter(BreakerTest::isBreaker))
        .extracting(RemedyAttemptRecord::remedyId)
        .containsExactly("breaker http 127.0.0.1:" + down.getAddress().getPort());
  }

  private static boolean isBreaker(RemedyAttemptRecord attempt) {
    return attempt.remedyId().startsWith("breaker ");
  }

  private static String url(HttpServer to) {
    return "http://127.0.0.1:" + to.getAddress().getPort() + "/";
  }

  private static HttpServer listen(int status, String location) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          if (location != null) {
            exchange.getResponseHeaders().set("Location", location);
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
