package dev.engram.agent.instrumentation.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.instrumentation.netty.ServedChannel.CurrentSpans;
import dev.engram.agent.record.SpanStatus;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests and answers that pass while the instrumentation is switched off. */
class SwitchedNettyTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final ServedChannel server = new ServedChannel(run);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void requestsInFlightWhileSwitchedOff_takeNoAnswerOfAnother() {
    server.serveAllBut("/later");

    server.send("GET /later HTTP/1.1\r\n\r\n");
    run.without(
        "netty",
        () -> {
          server.answer(500);
          server.send("GET /later HTTP/1.1\r\n\r\n");
        });
    server.answer(404);
    server.send("GET /third HTTP/1.1\r\n\r\n");

    assertThat(server.statuses(2)).containsExactly(null, 201L);
    assertThat(run.spans()).allMatch(span -> span.status() == SpanStatus.UNSET);
  }

  @Test
  void connectionOpenedWhileSwitchedOff_isInDoubtUntilAnAnswerComesFromItsRequest() {
    run.without(
        "netty",
        () -> {
          server.serveAllBut("/later");
          server.send("GET /later HTTP/1.1\r\n\r\n");
        });

    server.send("GET /later HTTP/1.1\r\n\r\n");
    server.answer(404);
    server.send("GET /third HTTP/1.1\r\n\r\n");
    server.send("GET /later HTTP/1.1\r\n\r\n");
    server.answer(200);

    assertThat(server.statuses(3)).containsExactly(null, 201L, 200L);
  }

  @Test
  void requestInDoubt_endsWithTheNextAnswer() {
    run.without("netty", () -> server.serve((context, request) -> {}));

    server.send("GET /later HTTP/1.1\r\n\r\n");
    server.answer(103);
    assertThat(run.spans()).isEmpty();
    server.answer(200);

    assertThat(server.statuses(1)).containsOnlyNulls();
    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.UNSET);
  }

  @Test
  void connectionOpenedAfterASwitch_isNotInDoubt() {
    run.without("netty", () -> {});
    server.serveAllBut("/later");

    server.send("GET /later HTTP/1.1\r\n\r\n");
    server.answer(404);

    assertThat(server.statuses(1)).containsExactly(404L);
  }

  @Test
  void bodyOfARequestThatArrivedWhileSwitchedOff_isNotReadInsideAnother() {
    List<OpenSpan> current = new ArrayList<>();
    server.channel = new EmbeddedChannel(new HttpServerCodec(), new CurrentSpans(current));
    server.send("GET /seen HTTP/1.1\r\n\r\n");
    run.without("netty", () -> server.send("POST /unseen HTTP/1.1\r\nContent-Length: 4\r\n\r\nab"));
    current.clear();

    server.send("cd");
    server.channel.close();

    assertThat(current).isNotEmpty().containsOnlyNulls();
    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.UNSET);
  }
}
