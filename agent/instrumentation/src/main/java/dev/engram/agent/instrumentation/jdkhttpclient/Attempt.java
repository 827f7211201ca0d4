package dev.engram.agent.instrumentation.jdkhttpclient;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientResponse;
import dev.engram.agent.record.ExceptionOrigin;
import org.jspecify.annotations.Nullable;

/** One exchange with a server. Its threads hand it on to one another, one at a time. */
final class Attempt {
  private static final String SITE = "java.net.http.HttpClient#send";

  private final ClientCall call;
  private final OpenSpan span;
  private final int number;
  private volatile int status;
  private volatile @Nullable String protocol;

  /** The latest of a call. */
  Attempt(ClientCall call, OpenSpan span) {
    this.call = call;
    this.span = span;
    this.number = call.attempts();
  }

  /** Called for interim responses too; the last one counts. */
  void answered(int status, @Nullable String protocol) {
    this.status = status;
    this.protocol = protocol;
  }

  /** Where the client has begun another one because it failed, nobody else hears of that. */
  void ended(@Nullable Throwable thrown) {
    boolean isRepeated = call.attempts() > number;
    new ClientResponse(thrown == null ? status : 0, protocol, thrown, thrown == null ? null : SITE)
        .end(span, isRepeated ? ExceptionOrigin.HANDLED : ExceptionOrigin.ESCAPED);
  }
}
