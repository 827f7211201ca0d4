package dev.engram.agent.core.http;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.ExceptionOrigin;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection of a server that sees messages and not calls: they are answered in
 * the order in which they arrive, and more than one may wait for its answer. For an HTTP/2 stream,
 * which carries one request, it is the stream. One thread reads and writes the connection, any may
 * ask; nothing is thrown.
 */
public final class ServerConnection {
  /** Under which name the connection's object keeps it, where several instrumentations look. */
  public static final String ATTRIBUTE = "dev.engram.connection";

  /** The first is the next to be answered. */
  private final Queue<PipelinedRequest> unanswered = new ConcurrentLinkedQueue<>();

  private volatile @Nullable PipelinedRequest read;
  private boolean isInterim;

  /**
   * The head of a request was read. Opens its span.
   *
   * @return null when capture is off
   */
  public @Nullable OpenSpan arrived(ServerRequest request) {
    OpenSpan span = request.open();
    add(new PipelinedRequest(request.method(), span));
    return span;
  }

  /** The head of a request was read that is remembered elsewhere; it is answered in turn. */
  public void passed() {
    add(new PipelinedRequest("", null));
  }

  /** The span of the request that was read last, whose body may still be read; or null. */
  public @Nullable OpenSpan reading() {
    PipelinedRequest exchange = read;
    return exchange == null ? null : exchange.span();
  }

  /** The span of the request that is to be answered next, or null. */
  public @Nullable OpenSpan answering() {
    PipelinedRequest exchange = unanswered.peek();
    return exchange == null ? null : exchange.span();
  }

  /** The head of a response is written; the request is still unanswered after a 100 or 103. */
  public void answered(int status) {
    isInterim = status < 200 && status != 101;
    PipelinedRequest exchange = unanswered.peek();
    if (exchange != null && !isInterim) {
      exchange.answered(status);
    }
  }

  /** The last of a response is written: whatever was thrown on the way was handled. */
  public void written() {
    PipelinedRequest exchange = isInterim ? null : unanswered.poll();
    isInterim = false;
    if (exchange != null) {
      exchange.end(ExceptionOrigin.HANDLED);
    }
  }

  /** What a handler threw, and whoever handles it is told. */
  public void thrown(Throwable thrown) {
    OpenSpan current = Tracing.current();
    OpenSpan span = current == null ? null : spanOfSameRequestAs(current);
    if (span != null && span.isEnded()) {
      Tracing.exception(thrown, ExceptionOrigin.ESCAPED, null);
    } else if (span != null) {
      span.met(thrown);
    }
  }

  /** No more is read or written: what is unanswered stays so. */
  public void closed() {
    PipelinedRequest exchange = unanswered.poll();
    while (exchange != null) {
      exchange.end(ExceptionOrigin.ESCAPED);
      exchange = unanswered.poll();
    }
  }

  private void add(PipelinedRequest exchange) {
    unanswered.add(exchange);
    read = exchange;
  }

  private @Nullable OpenSpan spanOfSameRequestAs(OpenSpan current) {
    OpenSpan latest = reading();
    if (latest != null && latest.isOfSameRequestAs(current)) {
      return latest;
    }
    for (PipelinedRequest exchange : unanswered) {
      OpenSpan span = exchange.span();
      if (span != null && span.isOfSameRequestAs(current)) {
        return span;
      }
    }
    return null;
  }
}
