package dev.engram.agent.instrumentation.okhttp;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Cache;
import okhttp3.CacheControl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the breaker learns from a client with a cache. */
class BreakerTest {
  /** Failures for longer open a circuit. */
  private static final Duration LASTING = Duration.ofSeconds(6);

  private static final Duration LEARNT_WITHIN = Duration.ofMinutes(2);

  @RegisterExtension final RecordedRun run = new RecordedRun();

  @TempDir private Path folder;
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private OkHttpClient client;

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
    client = new OkHttpClient.Builder().cache(new Cache(folder.toFile(), 1 << 20)).build();
    Healing.start(name -> false, HealLevel.OBSERVE);
  }

  @AfterEach
  void stop() {
    Healing.level(HealLevel.OFF);
    server.stop(0);
    client.connectionPool().evictAll();
  }

  /** It says 504 by itself where it has no answer and may not ask. */
  @Test
  void answersOfTheCache_sayNothingOfTheService() {
    await()
        .during(LASTING)
        .atMost(LEARNT_WITHIN)
        .until(() -> ask(CacheControl.FORCE_CACHE) == 504 && breakers() == 0);
    assertThat(requests).hasValue(0);

    await("those of the service itself do")
        .atMost(LEARNT_WITHIN)
        .until(() -> ask(CacheControl.FORCE_NETWORK) == 503 && breakers() == 1);
  }

  private int ask(CacheControl how) throws IOException {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    Request request = new Request.Builder().url(url).cacheControl(how).build();
    try (Response response = client.newCall(request).execute()) {
      return response.code();
    }
  }

  private long breakers() {
    return run.all(RemedyAttemptRecord.class)
        .filter(it -> it.remedyId().startsWith("breaker "))
        .count();
  }
}
