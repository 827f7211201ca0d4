package dev.engram.agent.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.decision.Decisions;
import dev.engram.agent.core.decision.Surrounding;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.FeedbackRecord;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackRequestsTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
    configure("POST /chats/{chat}/rating score:rating.stars conversation:chat comment:why");
  }

  @AfterEach
  void stop() {
    Capture.stop();
    configure("");
  }

  @Test
  void request_saysWhatSomebodyThinks_inPathBodyOrQuery() {
    rate("/chats/c%201/rating", "{\"rating\":{\"stars\":4},\"why\":\"quick\"}");
    rate("/chats/c2/rating/", "rating.stars=3&why=so+so");
    end(open("POST", "/chats/c3/rating", "why=in%20the%20query"), 204);

    assertThat(feedback()).extracting(FeedbackRecord::target).containsOnly("conversation");
    assertThat(feedback()).extracting(FeedbackRecord::targetId).containsExactly("c 1", "c2", "c3");
    assertThat(feedback()).extracting(FeedbackRecord::score).containsExactly(4.0, 3.0, Double.NaN);
    assertThat(feedback())
        .extracting(FeedbackRecord::comment)
        .containsExactly("quick", "so so", "in the query");
    assertThat(feedback()).extracting(FeedbackRecord::author).containsOnlyNulls();
  }

  @ParameterizedTest
  @CsvSource({
    "true, 1, ",
    "\"up\", 1, ",
    "\"DOWN\", 0, ",
    "false, 0, ",
    "-2.5, -2.5, ",
    "\"5\", 5, ",
    "\"meh\", NaN, meh",
    "1e999, NaN, 1e999"
  })
  void thumbsAreNumbers_otherWordsAreLabels(String said, double score, @Nullable String label) {
    rate("/chats/c1/rating", "{\"rating\":{\"stars\":" + said + "}}");

    FeedbackRecord record = sink.only(FeedbackRecord.class);
    assertThat(Double.compare(record.score(), score)).as(said).isZero();
    assertThat(record.label()).isEqualTo(label);
  }

  @Test
  void narrowestTarget_counts() {
    configure("POST /rate trace:request,POST /rated/{order_id}/{label}");
    rate("/rate", "{\"request\":\"ABC\",\"conversation_id\":\"c1\",\"score\":1}");
    rate("/rate", "{\"conversation_id\":\"c1\",\"score\":1}");
    rate("/rate", "{\"decision_id\":\"51\",\"request\":\"ABC\",\"score\":1}");
    rate("/rated/4711/refunded", "");

    assertThat(feedback())
        .extracting(it -> it.target() + " " + it.targetId())
        .containsExactly("trace abc", "conversation c1", "decision 51", "key order_id=4711");
    assertThat(feedback().get(3).label()).isEqualTo("refunded");
  }

  @Test
  void otherRequests_thoseThatFailed_andThoseThatSayNothing_areNoFeedback() {
    String body = "{\"rating\":{\"stars\":4}}";
    rate("/chats/c1", body);
    rate("/chats/c1/rating/more", body);
    rate("/chats/c1/ratings", body);
    end(open("GET", "/chats/c1/rating", null), 200);
    rate("/chats/c1/rating", "{\"stars\":4}");
    rate("/chats/c1/rating", "no JSON");
    rate("/chats/c1/rating", "");
    for (int status : new int[] {0, 400, 404, 500}) {
      OpenSpan failed = open("POST", "/chats/c1/rating", null);
      failed.payload(ServerExchange.REQUEST_BODY, "application/json", body);
      end(failed, status);
    }

    assertThat(feedback()).isEmpty();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void withoutTarget_itIsOfTheTraceInWhichItsSessionWasAnsweredLast() {
    configure("POST /rate");
    OpenSpan asked = open("POST", "/ask", null);
    asked.put(AttributeKey.SESSION_ID, "s1").enter();
    Decisions.routing("route", List.of(), "a", null, Surrounding.NONE);
    asked.leave();
    end(asked, 200);
    String traceId = asked.traceId();
    OpenSpan page = open("GET", "/page", null);
    page.put(AttributeKey.SESSION_ID, "s1");
    end(page, 200);

    rateIn("s1");
    rateIn("s2");
    rateIn(null);

    assertThat(feedback())
        .extracting(it -> it.target() + " " + it.targetId())
        .containsExactly("trace " + traceId);
  }

  @Test
  void secrets_areHidden() {
    rate("/chats/c1/rating", "{\"why\":\"my password=s3cr3t\"}");

    assertThat(sink.only(FeedbackRecord.class).comment()).isEqualTo("my password=[redacted]");
  }

  @Test
  void bodyThatWasCut_saysWhatIsWhole() {
    rate("/chats/c1/rating", "{\"rating\":{\"stars\":4},\"why\":\"it was ver");

    assertThat(sink.only(FeedbackRecord.class).score()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POST",
        "POST rate",
        "/rate",
        "POST /rate scroe:x",
        "POST /rate score",
        "POST /rate score:"
      })
  void whatIsNoEndpoint_isNotTaken(String text) {
    assertThat(FeedbackEndpoint.parse(text, List.of())).isNull();
  }

  private static void configure(String endpoints) {
    HttpCapture.start(
        Configuration.of("feedback.endpoints=" + endpoints + ";correlation.keys=order_id"));
  }

  private void rateIn(@Nullable String session) {
    OpenSpan span = open("POST", "/rate", "score=1");
    span.put(AttributeKey.SESSION_ID, session);
    end(span, 200);
  }

  private static void rate(String path, String body) {
    OpenSpan span = open("POST", path, null);
    span.payload(ServerExchange.REQUEST_BODY, null, body);
    end(span, 200);
  }

  private static OpenSpan open(String method, String path, @Nullable String query) {
    return Objects.requireNonNull(
        new ServerRequest(method, path, query, "http", null, null, null).open());
  }

  private static void end(OpenSpan span, int status) {
    new ServerResponse("POST", null, status, null, ExceptionOrigin.HANDLED, null).end(span);
  }

  private List<FeedbackRecord> feedback() {
    return sink.all(FeedbackRecord.class);
  }
}
