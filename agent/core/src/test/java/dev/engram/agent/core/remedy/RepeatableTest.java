package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatableTest {
  @ParameterizedTest
  @CsvSource({
    "GET, /orders, ALWAYS",
    "HEAD, /orders, ALWAYS",
    "OPTIONS, /orders, ALWAYS",
    "PUT, /orders/1, UNDONE",
    "DELETE, /orders/1, UNDONE",
    "POST, /orders, NEVER",
    "PATCH, /orders/1, NEVER",
    "TRACE, /orders, NEVER",
    "get, /orders, NEVER",
    "POST, /v1/chat/completions, UNDONE",
    "POST, /v1/messages, UNDONE",
  })
  void request_mayBeSentAgain_byItsMethod(String method, String path, Repeatable expected) {
    assertThat(Repeatable.of(method, "a", path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "408, true, true, false",
    "429, true, true, true",
    "502, true, true, false",
    "503, true, true, true",
    "504, true, true, false",
    "529, true, true, true",
    "500, true, false, false",
    "501, true, false, false",
    "404, false, false, false",
    "400, false, false, false",
    "200, false, false, false",
  })
  void answers_areRefusals_thatMayPass_orThatSayThatNothingWasDone(
      int status, boolean refusal, boolean passes, boolean beforeAnything) {
    Refusal answer = new Refusal(status, null);
    assertThat(Refusal.isOne(status)).isEqualTo(refusal);
    assertThat(answer.mayPass()).isEqualTo(passes);
    assertThat(answer.isBeforeAnything()).isEqualTo(beforeAnything);
    assertThat(Repeatable.UNDONE.isAfter(answer)).isEqualTo(beforeAnything);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whatMayChangeSomething_isSentAgain_onlyIfNothingWasSent(boolean wrapped) {
    for (Exception unsent : new Exception[] {new ConnectException(), new UnknownHostException()}) {
      Throwable thrown = wrapped ? new IOException(unsent) : unsent;
      assertThat(Repeatable.UNDONE.isAfter(thrown)).isTrue();
      assertThat(Repeatable.ALWAYS.isAfter(thrown)).isTrue();
      assertThat(Repeatable.NEVER.isAfter(thrown)).isFalse();
    }
    assertThat(Repeatable.UNDONE.isAfter(new SocketException("Connection reset"))).isFalse();
    assertThat(Repeatable.ALWAYS.isAfter(new SocketException("Connection reset"))).isTrue();
  }
}
