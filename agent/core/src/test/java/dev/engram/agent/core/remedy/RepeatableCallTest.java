package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatableCallTest {
  private static final String HTTP = "http api.example:443";
  private static final String AI = "ai api.example:443";

  private final MemorySink sink = new MemorySink();
  private @Nullable OpenSpan request;

  @BeforeEach
  void begin() {
    CaptureFixture.start(sink);
    Healing.start(className -> true, HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
  }

  @AfterEach
  void end() {
    for (CallRuns left = CallRuns.current(); left != null; left = CallRuns.current()) {
      left.close();
    }
    if (request != null) {
      request.leave();
      request.end();
    }
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    Capture.stop();
  }

  @Test
  void refusalThatMayPass_isObserved_byItsStatus() {
    assertThat(call("GET", "/prices").answered(503, null)).isFalse();

    assertThat(attempt())
        .returns(Remedy.retry(HTTP), RemedyAttemptRecord::remedyId)
        .returns("observed", RemedyAttemptRecord::arm)
        .returns(503L, RemedyAttemptRecord::fingerprint);
  }

  @Test
  void refusedCall_isMadeAgain_untilItIsAnswered() {
    apply(HTTP, 503);
    RepeatableCall call = call("GET", "/prices");

    assertThat(call.answered(503, "0")).isTrue();
    assertThat(call.answered(503, null)).isTrue();
    assertThat(call.answered(200, null)).isFalse();

    assertThat(attempt())
        .returns("treated", RemedyAttemptRecord::arm)
        .returns("resolved", RemedyAttemptRecord::result)
        .returns(3, RemedyAttemptRecord::tries);
  }

  @Test
  void waitThatIsAskedFor_isWaited_butForNoLongerThanAnybodyWould() {
    apply(HTTP, 429);
    long begin = System.nanoTime();
    RepeatableCall call = call("GET", "/prices");
    assertThat(call.answered(429, "1")).isTrue();
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(1_000_000_000L);
    call.succeeded();
    sink.accepted.clear();

    for (String tooLong : List.of("11", "999999999999", "Fri, 31 Dec 2100 00:00:00 GMT")) {
      RepeatableCall later = call("GET", "/other?" + tooLong);
      assertThat(later.answered(429, tooLong)).as(tooLong).isFalse();
      assertThat(attempt().arm()).isEqualTo("skipped");
      sink.accepted.clear();
    }
  }

  @Test
  void mistakesOfTheCaller_andOfTheService_areNoRefusalsThatPass() {
    for (int status : new int[] {200, 400, 401, 403, 404, 422, 500, 501}) {
      assertThat(call("GET", "/" + status).answered(status, null)).isFalse();
    }
    assertThat(sink.accepted).isEmpty();
  }

  @Test
  void whatMayDoSomethingTwice_isMadeAgain_onlyBeforeItDidAnything() {
    apply(HTTP, 503, 504);
    apply(AI, 529, 504);

    assertThat(
            RepeatableCall.begin(
                getClass(), "POST", "api.example", "/orders", () -> request("POST"), false))
        .isNull();
    assertThat(call("PUT", "/prices/1").answered(504, null)).isFalse();
    assertThat(call("PUT", "/prices/1").failed(new IOException("reset"))).isFalse();
    assertThat(call("POST", "/v1/messages").answered(504, null)).isFalse();
    assertThat(sink.accepted).isEmpty();

    apply(AI, 529);
    RepeatableCall model = call("POST", "/v1/messages");
    assertThat(model.answered(529, null)).isTrue();
    model.succeeded();
    assertThat(attempt()).returns(Remedy.retry(AI), RemedyAttemptRecord::remedyId);
    assertThat(call("PUT", "/prices/1").failed(new ConnectException())).isFalse();
    assertThat(sink.all(RemedyAttemptRecord.class)).hasSize(2);
  }

  /** A 303 says that the PUT was done, and where to look: what failed is the look. */
  @Test
  void whatWasRedirected_isMadeAgain_onlyWhereItReads() {
    apply(HTTP, 503);
    for (String method : List.of("PUT", "DELETE")) {
      RepeatableCall changing = call(method, "/prices/1");
      redirected(method);
      assertThat(changing.answered(503, null)).as(method).isFalse();
    }
    assertThat(sink.all(RemedyAttemptRecord.class)).isEmpty();
    RepeatableCall unconnected = call("PUT", "/prices/2");
    redirected("PUT");
    assertThat(unconnected.failed(new ConnectException())).isFalse();
    assertThat(sink.all(RemedyAttemptRecord.class)).isEmpty();

    RepeatableCall reading = call("GET", "/prices");
    redirected("GET");
    assertThat(reading.answered(503, null)).isTrue();
    reading.succeeded();
  }

  private static void redirected(String method) {
    ClientCall attempts = new ClientCall();
    for (ClientRequest each :
        List.of(request(method), new ClientRequest("GET", "https://api.example/done", "a", -1))) {
      Objects.requireNonNull(attempts.attempt(each)).end();
    }
  }

  /** A client with retries of its own, above the exchange. */
  @Test
  void sameCallInTheSameSpan_thatWasDealtWithInVain_isNotMadeAgainAndAgain() {
    apply(HTTP, 503);
    RepeatableCall first = call("GET", "/prices");
    int runs = 1;
    while (first.answered(503, null)) {
      runs++;
    }
    assertThat(runs).isEqualTo(3);
    sink.accepted.clear();

    assertThat(call("GET", "/prices").answered(503, null)).isFalse();
    assertThat(sink.accepted).isEmpty();
    assertThat(call("GET", "/others").answered(503, null)).isTrue();
  }

  /** It failed because of the answer, by an exception of its own. */
  @Test
  void methodAroundACallThatWasDealtWithInVain_isNotBegunAgain() {
    apply("method a.B#c", 1);
    Object method = Healing.begin(getClass());
    call("GET", "/prices").answered(503, null);
    sink.accepted.clear();

    boolean again = Healing.failed(method, () -> "method a.B#c", getClass(), new IOException());

    assertThat(again).isFalse();
    assertThat(sink.accepted).isEmpty();
  }

  @Test
  void whatTheClientHasSentAgainItself_isLeftToIt() {
    apply(HTTP, 503);
    RepeatableCall call =
        Objects.requireNonNull(
            RepeatableCall.begin(
                getClass(), "GET", "api.example", "/prices", () -> request("GET"), true));
    ClientCall attempts = new ClientCall();
    attempt(attempts);
    attempt(attempts);

    assertThat(call.answered(503, null)).isFalse();
  }

  /** As the JDK's does where a connection was closed: two sendings, and soon too many. */
  @Test
  void whatTheClientHasSentAgainItself_countsAsARunMore() {
    apply(HTTP, 503);
    RepeatableCall call = call("GET", "/prices");
    ClientCall first = new ClientCall();
    attempt(first);
    attempt(first);
    assertThat(call.answered(503, null)).isTrue();

    assertThat(call.answered(503, null)).isFalse();
    assertThat(attempt())
        .returns("treated", RemedyAttemptRecord::arm)
        .returns(3, RemedyAttemptRecord::tries);
  }

  @Test
  void attemptsOfLaterRuns_goOnCounting() {
    apply(HTTP, 503);
    RepeatableCall call = call("GET", "/prices");
    assertThat(attempt(new ClientCall()).has(AttributeKey.HTTP_REQUEST_RESEND_COUNT)).isFalse();
    assertThat(call.answered(503, null)).isTrue();

    OpenSpan second = attempt(new ClientCall());
    assertThat(second.has(AttributeKey.HTTP_REQUEST_RESEND_COUNT)).isTrue();
    second.end();
    call.succeeded();
    OpenSpan other = attempt(new ClientCall());
    assertThat(other.has(AttributeKey.HTTP_REQUEST_RESEND_COUNT)).isFalse();
    other.end();
  }

  @Test
  void openTransaction_isLeftToWhoeverOpenedIt() {
    apply(HTTP, 503);
    Objects.requireNonNull(request).transactions(1);

    assertThat(call("GET", "/prices").answered(503, null)).isFalse();
    assertThat(sink.accepted).isEmpty();
  }

  @Test
  void off_makesNothingOfACall() {
    Healing.level(HealLevel.OFF);

    assertThat(
            RepeatableCall.begin(
                getClass(), "GET", "api.example", "/", () -> request("GET"), false))
        .isNull();
  }

  private static OpenSpan attempt(ClientCall call) {
    return Objects.requireNonNull(call.attempt(request("GET")));
  }

  private static RepeatableCall call(String method, String path) {
    ClientRequest request =
        new ClientRequest(method, "https://API.example" + path, "API.example", -1);
    return Objects.requireNonNull(
        RepeatableCall.begin(
            RepeatableCallTest.class, method, "API.example", path, () -> request, false));
  }

  private static ClientRequest request(String method) {
    return new ClientRequest(method, "https://api.example/prices", "api.example", -1);
  }

  private RemedyAttemptRecord attempt() {
    return sink.only(RemedyAttemptRecord.class);
  }

  private static void apply(String place, int... statuses) {
    List<Remedy> remedies =
        java.util.Arrays.stream(statuses)
            .mapToObj(
                status ->
                    new Remedy(
                        "R-00000000000" + status % 10,
                        Remedy.retry(place),
                        status,
                        Remedy.State.ACTIVE,
                        1,
                        3,
                        1,
                        1))
            .toList();
    Healing.apply(
        new Remedies(1, Instant.MAX, remedies), System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }
}
