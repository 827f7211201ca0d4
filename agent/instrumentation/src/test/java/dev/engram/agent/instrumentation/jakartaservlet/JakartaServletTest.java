package dev.engram.agent.instrumentation.jakartaservlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.http.HttpCapture;
import dev.engram.agent.instrumentation.Client;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** In a real container: {@link JakartaContainer} says which. */
class JakartaServletTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private JakartaContainer container;
  private Client client;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("hello.txt"), "hello");
    container = JakartaContainer.start(folder);
    client = new Client(container.port());
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
  }

  @Test
  void request_isOneServerSpan() throws Exception {
    assertThat(client.get("/app/shop/echo?x=1")).isEqualTo(200);

    SpanRecord span = run.onlySpan();
    assertThat(span.name()).isEqualTo("GET /app/shop/*");
    assertThat(span.kind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(span.attributes())
        .containsEntry("http.request.method", "GET")
        .containsEntry("url.path", "/app/shop/echo")
        .containsEntry("url.query", "x=1")
        .containsEntry("url.scheme", "http")
        .containsEntry("http.route", "/app/shop/*")
        .containsEntry("http.response.status_code", 200L)
        .containsEntry("network.protocol.version", "1.1")
        .containsEntry("client.address", "127.0.0.1")
        .containsEntry("user_agent.original", "test");
    assertThat(run.all(BegunRecord.class))
        .singleElement()
        .satisfies(
            begun -> assertThat(begun.attributes()).containsEntry("url.path", "/app/shop/echo"));
  }

  @Test
  void form_isStillThereForTheApplication() throws Exception {
    assertThat(client.post("/app/shop/form", "name=alice").body()).isEqualTo("body=alice");

    assertThat(run.onlySpan().name()).isEqualTo("POST /app/shop/*");
  }

  @Test
  void traceparent_isContinued() throws Exception {
    client.get(
        "/app/shop/echo", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    assertThat(run.onlySpan().traceIdHigh()).isEqualTo(0x0af7651916cd43ddL);
    assertThat(run.onlySpan().parentSpanId()).isEqualTo(0xb7ad6b7169203331L);
  }

  @Test
  void userAndSession_areRememberedByAnotherName() throws Exception {
    Capture.salt(new byte[] {1, 2, 3});
    client.get("/app/shop/echo", "X-User", "alice", "Cookie", "JSESSIONID=0123abc");
    client.get("/app/shop/echo", "X-User", "alice");
    client.get("/app/shop/echo");

    List<SpanRecord> spans = run.spans(3);
    Object user = spans.get(0).attributes().get("user.id");
    Object session = spans.get(0).attributes().get("session.id");
    if (JakartaContainer.TELLS_USERS) {
      assertThat(user).asString().matches("[0-9a-f]{16}");
      assertThat(spans.get(1).attributes()).containsEntry("user.id", user);
    } else {
      assertThat(spans.get(1).attributes()).doesNotContainKey("user.id");
    }
    assertThat(session).asString().matches("[0-9a-f]{16}").isNotEqualTo(user);
    assertThat(spans.get(2).attributes()).doesNotContainKeys("user.id", "session.id");
  }

  @Test
  void userThatAnAttributeNames_goesBeforeTheOneThatTheContainerKnows() throws Exception {
    HttpCapture.start(
        Configuration.of("capture.user.attribute=com.acme.account;capture.user.header=X-Caller"));
    Capture.salt(new byte[] {1, 2, 3});
    client.get("/app/shop/echo", "X-User", "alice", "X-Account", "bob");
    client.get("/app/shop/async", "X-Account", "bob");
    run.spans(2);
    client.get("/app/shop/echo", "X-Account", "bob", "X-Caller", "carol");
    client.get("/app/shop/echo", "X-User", "alice");

    List<Object> users =
        run.spans(4).stream().map(span -> span.attributes().get("user.id")).toList();
    assertThat(users.get(0)).asString().matches("[0-9a-f]{16}").isEqualTo(users.get(1));
    assertThat(users.get(2)).asString().matches("[0-9a-f]{16}").isNotEqualTo(users.get(0));
    assertThat(users.get(3) != null)
        .as("an attribute that is no plain value says nothing")
        .isEqualTo(JakartaContainer.TELLS_USERS);
    assertThat(users.get(3)).isNotEqualTo(users.get(0));
  }

  @Test
  void staticFile_isRememberedWithoutARoute() throws Exception {
    assertThat(client.get("/app/hello.txt")).isEqualTo(200);
    assertThat(client.get("/app/missing.txt")).isEqualTo(404);

    assertThat(run.spans(2)).extracting(SpanRecord::name).containsExactly("GET", "GET");
    assertThat(run.spans())
        .extracting(span -> span.attributes().get("http.response.status_code"))
        .containsExactly(200L, 404L);
  }

  @Test
  void requestThatAFilterAnswers_isRemembered() throws Exception {
    assertThat(client.get("/app/shop/closed")).isEqualTo(403);

    assertThat(run.onlySpan().attributes()).containsEntry("http.response.status_code", 403L);
  }

  @Test
  void springPattern_isTheRoute() throws Exception {
    client.get("/app/shop/pattern");

    assertThat(run.onlySpan().name()).isEqualTo("GET /app/shop/items/{id}");
  }

  @Test
  void escapedException_failsTheSpanWithItsCause() throws Exception {
    assertThat(client.get("/app/shop/throw")).isEqualTo(500);

    SpanRecord span = run.onlySpan();
    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.attributes())
        .containsEntry("http.response.status_code", 500L)
        .containsEntry("error.type", "java.lang.IllegalStateException");
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.origin()).isEqualTo(ExceptionOrigin.ESCAPED);
              assertThat(it.thrown().message()).isEqualTo("out of stock");
            });
  }

  @Test
  void exceptionThatTheFrameworkResolved_isHandled() throws Exception {
    assertThat(client.get("/app/shop/resolved")).isEqualTo(500);

    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.ERROR);
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.origin()).isEqualTo(ExceptionOrigin.HANDLED);
              assertThat(it.thrown().message()).isEqualTo("resolved by the framework");
            });
  }

  @Test
  void errorWithoutException_failsTheSpanByItsStatus() throws Exception {
    assertThat(client.get("/app/shop/send-error")).isEqualTo(503);

    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.ERROR);
    assertThat(run.onlySpan().attributes()).containsEntry("error.type", "503");
    assertThat(run.exceptions()).isEmpty();
  }

  @Test
  void dispatches_belongToTheSameSpan() throws Exception {
    assertThat(client.get("/app/shop/forward")).isEqualTo(200);
    assertThat(client.get("/app/shop/include")).isEqualTo(200);

    assertThat(run.spans(2))
        .extracting(span -> span.attributes().get("url.path"))
        .containsExactly("/app/shop/forward", "/app/shop/include");
  }

  @Test
  void asyncRequest_endsWhenItCompletes() throws Exception {
    assertThat(client.get("/app/shop/async")).isEqualTo(202);

    assertThat(run.onlySpan().attributes()).containsEntry("http.response.status_code", 202L);
  }

  @Test
  void asyncDispatch_belongsToTheSameSpan() throws Exception {
    assertThat(client.get("/app/shop/async-dispatch")).isEqualTo(200);

    assertThat(run.onlySpan().attributes()).containsEntry("url.path", "/app/shop/async-dispatch");
  }

  @Test
  void asyncWork_belongsToItsRequest() throws Exception {
    assertThat(client.get("/app/shop/async-work")).isEqualTo(200);

    List<SpanRecord> spans = run.spans(2);
    SpanRecord request = spans.get(spans.get(0).kind() == SpanKind.SERVER ? 0 : 1);
    assertThat(spans)
        .filteredOn(span -> span.kind() == SpanKind.INTERNAL)
        .singleElement()
        .satisfies(work -> assertThat(work.parentSpanId()).isEqualTo(request.spanId()));
  }

  @Test
  void asyncTimeout_endsTheSpanAsAnError() throws Exception {
    assertThat(client.get("/app/shop/async-timeout")).isEqualTo(500);

    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.ERROR);
  }

  @Test
  void requestsOnOneConnection_areEachTheirOwn() throws Exception {
    for (int i = 0; i < 20; i++) {
      client.get("/app/shop/" + i);
    }

    assertThat(run.spans(20)).extracting(SpanRecord::traceIdLow).doesNotHaveDuplicates();
  }
}
