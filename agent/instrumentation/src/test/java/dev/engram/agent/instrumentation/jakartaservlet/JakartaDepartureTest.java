package dev.engram.agent.instrumentation.jakartaservlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.io.EofException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JakartaDepartureTest {
  @Test
  void clientOfJettyThatLeft_isOne_howeverItIsWrapped() {
    EofException left = thrownBy(new EofException("Closed"), "org.eclipse.jetty.server.HttpOutput");

    assertThat(JakartaDeparture.isShownBy(left)).isTrue();
    assertThat(JakartaDeparture.isShownBy(new IllegalStateException(left))).isTrue();
  }

  /** The client that Jetty has too throws the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.eclipse.jetty.client.HttpReceiver",
        "org.eclipse.jetty.http2.client.HTTP2ClientSession",
        "org.eclipse.jetty.http3.client.HTTP3SessionClient",
      })
  void serviceThatBrokeOff_isNone(String client) {
    EofException own = thrownBy(new EofException("Early EOF"), client);
    EofException selector =
        thrownBy(new EofException("Early EOF"), "org.eclipse.jetty.io.ssl.SslConnection");
    ExecutionException wrapping = thrownBy(new ExecutionException(selector), client);

    assertThat(JakartaDeparture.isShownBy(own)).isFalse();
    assertThat(JakartaDeparture.isShownBy(new IllegalStateException(own))).isFalse();
    assertThat(JakartaDeparture.isShownBy(wrapping)).isFalse();
    assertThat(JakartaDeparture.isShownBy(new IllegalStateException(wrapping))).isFalse();
  }

  private static <T extends Throwable> T thrownBy(T thrown, String className) {
    thrown.setStackTrace(
        new StackTraceElement[] {new StackTraceElement(className, "run", null, -1)});
    return thrown;
  }
}
