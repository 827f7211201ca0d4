package dev.engram.collector.analysis.prevent;

import static dev.engram.collector.analysis.prevent.WatchedService.MINUTE;
import static dev.engram.collector.analysis.prevent.WatchedService.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers that make an outage worse by trying again. */
class RetryRisksTest {
  @RegisterExtension final WatchedService service = new WatchedService();
  private String method = "GET";
  private String peer = "pay";
  private boolean resends;

  @Test
  void retriesInAnOutage_areFound_withTheirAmplification() {
    for (int parent = 1; parent <= 100; parent++) {
      calls(parent, 3, 503L);
    }

    Risk risk = service.only();

    assertThat(risk.kind()).isEqualTo(Kind.RETRY_AMPLIFICATION);
    assertThat(risk.subject()).isEqualTo("pay:443");
    assertThat(risk.evidence().get("amplification")).isCloseTo(3, within(0.01));
    assertThat(risk.evidence().get("amplification_low")).isBetween(2.5, 3.0);
  }

  /** GraphQL, webhooks and chat completions call one URL for different things. */
  @Test
  void callsInALoop_areNoRetries_unlessTheClientSaysSo() {
    method = "POST";
    for (int parent = 1; parent <= 100; parent++) {
      calls(parent, 3, 503L);
    }
    assertThat(service.find()).isEmpty();

    resends = true;
    for (int parent = 101; parent < 1_000; parent++) {
      calls(parent, 3, 503L);
    }
    assertThat(service.only().kind()).isEqualTo(Kind.RETRY_AMPLIFICATION);
  }

  @Test
  void retriesOfAPeer_areFound_behindAnyNumberOfOtherPeers() {
    for (int i = 0; i < 1_001; i++) {
      peer = "peer-" + i;
      calls(5_000 + i, 1, 200L);
    }
    peer = "pay";
    for (int parent = 1; parent <= 100; parent++) {
      calls(parent, 3, 503L);
    }

    assertThat(service.only().subject()).isEqualTo("pay:443");
  }

  @Test
  void outageWithoutRetries_fewOnes_andTheCallersMistakes_areNone() {
    for (int parent = 1; parent <= 100; parent++) {
      calls(parent, 1, 503L);
      calls(1_000 + parent, 3, 404L);
      calls(2_000 + parent, 3, 200L);
    }

    assertThat(service.find()).isEmpty();
  }

  /** One after the other, below one span; of every thousand parents in a minute of their own. */
  private void calls(int parent, int times, long status) {
    for (int i = 0; i < times; i++) {
      service.span(
          "CLIENT",
          parent,
          NOW - (10 + parent / 1_000) * MINUTE + parent % 100 + i * 10L,
          5,
          status < 400 ? "unset" : "error",
          Map.of(
              "server.address",
              peer,
              "server.port",
              443L,
              "url.full",
              "https://pay/charge",
              "http.request.method",
              method,
              "http.request.resend_count",
              resends ? (long) i : 0L,
              "http.response.status_code",
              status));
    }
  }
}
