package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class HttpServerIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void everyExchange_isRememberedOnce_withItsStatusAndException() {
    Child service = start();
    Traffic traffic = Traffic.toApplication(service);
    Answer late = traffic.get("/late");
    Answer teapot = traffic.get("/teapot/small?milk=no");
    List<Answer> answers =
        List.of(
            traffic.get("/hello"),
            traffic.post("/hello", "{}"),
            traffic.get("/gone"),
            teapot,
            late);
    Answer unserved = traffic.get("/nobody-serves-this");
    String failed = Traffic.newTraceId();
    assertThatThrownBy(() -> traffic.send(failed, "POST", "/fail", BodyPublishers.noBody()))
        .isInstanceOf(IOException.class);
    service.stop();

    assertThat(answers).extracting(Answer::status).containsExactly(200, 200, 410, 418, 200);
    assertThat(unserved.status()).isEqualTo(404);
    Memory memory = rig.memory(jdk).drain();
    Requests requests = memory.requests();
    assertThat(answers).allSatisfy(requests::assertRemembered);
    assertThat(requests.of(teapot).path("attributes").path("url.query").asText())
        .isEqualTo("milk=no");
    assertThat(requests.statusOf(failed)).isEqualTo("error");
    assertException(memory.trace(failed), "this handler never works");
    assertException(memory.trace(late.traceId()), "failed after the answer");
  }

  @Test
  void methodNamedInTheConfiguration_isASpanOfItsRequest() {
    Child service =
        rig.java("service", jdk)
            .agent()
            .options("-Dengram.methods=com.acme.HttpServerApp#answer")
            .application(HttpServerApp.class)
            .start();
    Answer answer = Traffic.toApplication(service).get("/hello");
    service.stop();

    assertThat(rig.memory(jdk).drain().trace(answer.traceId()).spans("method"))
        .singleElement()
        .satisfies(
            span -> assertThat(span.path("name").asText()).isEqualTo("HttpServerApp.answer"));
  }

  @Test
  void exchangesAtOnce_areEachRememberedOnce() {
    Child service = start();
    Load load = Load.start(Traffic.toApplication(service), 8, "/hello", "/gone", "/teapot/x");
    load.awaitMore(2_000).close();
    service.stop();

    Requests requests = rig.memory(jdk).drain().requests();
    assertThat(requests.count()).isEqualTo(load.answered().size());
    assertThat(load.answered()).allSatisfy(requests::assertRemembered);
  }

  private static void assertException(Trace trace, String message) {
    assertThat(trace.exceptions())
        .singleElement()
        .satisfies(it -> assertThat(Trace.message(it)).isEqualTo(message));
  }

  private Child start() {
    return rig.java("service", jdk).agent().application(HttpServerApp.class).start();
  }
}
