package dev.engram.agent.instrumentation.netty;

import static dev.engram.agent.instrumentation.netty.ServedChannel.answer;
import static dev.engram.agent.instrumentation.netty.ServedChannel.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.SpanStatus;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of which request an answer is, where several wait for theirs. */
class NettyAnswersTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final ServedChannel server = new ServedChannel(run);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void pipelinedRequests_areEachTheirOwn_inTheOrderOfTheirAnswers() {
    List<OpenSpan> current = new ArrayList<>();
    server.serve((context, request) -> current.add(Objects.requireNonNull(Tracing.current())));

    server.send("GET /first HTTP/1.1\r\n\r\nGET /second HTTP/1.1\r\n\r\n");
    server.answerInside(current.get(0), 200);
    server.answerInside(current.get(1), 404);

    assertThat(server.statusByPath(2))
        .containsExactly(entry("/first", 200L), entry("/second", 404L));
    assertThat(current).doesNotHaveDuplicates();
  }

  @Test
  void pipelinedRequestsAnsweredInARow_areEachTheirOwn() {
    List<OpenSpan> current = new ArrayList<>();
    server.serve((context, request) -> current.add(Objects.requireNonNull(Tracing.current())));

    server.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n");
    server.answerInside(current.get(0), 200);
    server.answerInside(current.get(0), 404);
    server.answerInside(current.get(0), 201);

    assertThat(server.statusByPath(3))
        .containsExactly(entry("/1", 200L), entry("/2", 404L), entry("/3", 201L));
  }

  @Test
  void answerOutsideOfItsRequest_isThatOfTheOnlyOne() {
    server.serve((context, request) -> {});

    server.send("GET /first HTTP/1.1\r\n\r\n");
    server.answer(200);
    server.send("GET /second HTTP/1.1\r\n\r\n");
    server.answer(404);

    assertThat(server.statusByPath(2))
        .containsExactly(entry("/first", 200L), entry("/second", 404L));
  }

  @Test
  void answerThatMayBeOfOneOrTheOther_isGivenToNeither() {
    server.serveAllBut("/later");

    server.send("GET /later HTTP/1.1\r\n\r\nGET /later HTTP/1.1\r\n\r\n");
    server.answer(200);
    server.answer(404);
    server.send("GET /third HTTP/1.1\r\n\r\n");

    assertThat(server.statuses(3)).containsExactly(null, null, 201L);
    assertThat(run.spans()).allMatch(span -> span.status() == SpanStatus.UNSET);
  }

  @Test
  void answerInPlainBytes_isNotMistakenForThatOfTheNext() {
    server.serve(
        (context, request) -> {
          if (request.uri().equals("/bytes")) {
            ByteBuf bytes = ascii("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n");
            server.channel.pipeline().context(HttpServerCodec.class).writeAndFlush(bytes);
          } else {
            answer(context, 201);
          }
        });

    server.send("GET /bytes HTTP/1.1\r\n\r\n");
    server.send("GET /second HTTP/1.1\r\n\r\n");
    server.send("GET /third HTTP/1.1\r\n\r\n");
    server.send("GET /fourth HTTP/1.1\r\n\r\n");

    assertThat(server.statuses(4)).containsExactly(null, null, 201L, 201L);
    assertThat(run.spans()).allMatch(span -> span.status() == SpanStatus.UNSET);
  }

  @Test
  void requestsWhoseAnswersAreNotSeen_areNotHeldWithoutLimit() {
    server.serve((context, request) -> {});

    for (int i = 0; i < 100; i++) {
      server.send("GET / HTTP/1.1\r\n\r\n");
    }

    assertThat(run.spans()).hasSizeGreaterThan(60);
    server.channel.close();
    run.spans(100);
  }

  @Test
  void connectionThatCloses_endsWhatIsUnanswered() {
    server.serve((context, request) -> {});

    server.send("GET /first HTTP/1.1\r\n\r\nGET /second HTTP/1.1\r\n\r\n");
    server.channel.close();

    assertThat(run.spans(2))
        .allSatisfy(
            span -> {
              assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
              assertThat(span.attributes())
                  .containsEntry("error.type", "aborted")
                  .doesNotContainKey("http.response.status_code");
            });
  }
}
