package dev.engram.agent.instrumentation.jdkhttpclient;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ClientResponse;
import org.jspecify.annotations.Nullable;

/** One exchange with a server. Its threads hand it on to one another, one at a time. */
final class Attempt {
  private final OpenSpan span;
  private volatile int status;
  private volatile @Nullable String protocol;

  Attempt(OpenSpan span) {
    this.span = span;
  }

  /** Called for interim responses too; the last one counts. */
  void answered(int status, @Nullable String protocol) {
    this.status = status;
    this.protocol = protocol;
  }

  void ended(@Nullable Throwable thrown) {
    String site = thrown == null ? null : "java.net.http.HttpClient#send";
    new ClientResponse(thrown == null ? status : 0, protocol, thrown, site).end(span);
  }
}
