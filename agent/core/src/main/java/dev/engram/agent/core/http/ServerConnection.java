package dev.engram.agent.core.http;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.ExceptionOrigin;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection of a server that sees messages and not calls: they are answered in
 * the order in which they arrive, and more than one may wait for its answer. For an HTTP/2 stream,
 * which carries one request, it is the stream. One thread reads and writes the connection, any may
 * ask; nothing is thrown.
 *
 * <p>A message does not say which request it answers, and some are not seen: those that pass while
 * the instrumentation is off, and answers that the application writes as plain bytes. So an answer
 * counts for the first request that waits if it is written inside that request, or in a row with an
 * earlier one and inside that, or if no other waits. Otherwise the requests that wait end without a
 * status, rather than with that of another, and the connection is in doubt until an answer is
 * written inside its request again; what waits meanwhile ends, in the same way, with any answer.
 */
public final class ServerConnection {
  /** Under which name the connection's object keeps it, where several instrumentations look. */
  public static final String ATTRIBUTE = "dev.engram.connection";

  /** Clients that pipeline wait sooner; where more wait, their answers are not seen. */
  private static final int MAX_UNANSWERED = 32;

  /** The first is the next to be answered. */
  private final Queue<PipelinedRequest> unanswered = new ConcurrentLinkedQueue<>();

  private final IntSupplier switches;
  private volatile int knownSwitches;
  private volatile boolean inDoubt;
  private volatile @Nullable PipelinedRequest read;
  private @Nullable PipelinedRequest answered;

  /** The span that the thread was in at the latest answer that was written inside its request. */
  private @Nullable OpenSpan answerer;

  private boolean isInterim;

  /**
   * Before the first request that is seen.
   *
   * @param switches how often the instrumentation that sees the messages was switched off or on
   * @param switchesAtOpening the same when the connection was opened
   */
  public ServerConnection(IntSupplier switches, int switchesAtOpening) {
    this.switches = switches;
    this.knownSwitches = switches.getAsInt();
    this.inDoubt = switchesAtOpening != knownSwitches;
  }

  /**
   * The head of a request was read. Opens its span.
   *
   * @param headers as {@link HttpCapture#requestHeaders} wants them
   * @return null when capture is off
   */
  public @Nullable OpenSpan arrived(
      ServerRequest request, Function<String, @Nullable String> headers) {
    OpenSpan span = request.open(headers);
    add(new PipelinedRequest(request.method(), span));
    return span;
  }

  /** The span of the request that was read last, whose body may still be read; or null. */
  public @Nullable OpenSpan reading() {
    PipelinedRequest request = read;
    return request == null || wasSwitched() ? null : request.span();
  }

  /**
   * The span of the request that is handled: the one that the thread is in if that waits for its
   * answer, else the next to be answered. Null when there is none, or it is in doubt.
   */
  public @Nullable OpenSpan handling() {
    OpenSpan current = Tracing.current();
    OpenSpan own = current == null ? null : waitingOfSameRequestAs(current);
    PipelinedRequest first = own != null || inDoubt || wasSwitched() ? null : unanswered.peek();
    return first == null ? own : first.span();
  }

  /**
   * The head of a response is written; the request is still unanswered after a 100 or 103.
   *
   * @param headers as {@link HttpCapture#responseHeaders} wants them
   */
  public void answered(int status, Function<String, @Nullable String> headers) {
    isInterim = status < 200 && status != 101;
    if (!isInterim) {
      answered = addressee();
      if (answered != null) {
        answered.answered(status, headers);
      }
    }
  }

  /**
   * The request whose turn it is goes on as a stream of HTTP/2, which is answered by itself.
   *
   * @return the stream; null when it is not certain which request that is
   */
  public @Nullable ServerConnection upgraded() {
    PipelinedRequest request = addressee();
    if (request == null) {
      return null;
    }
    unanswered.remove(request);
    ServerConnection stream = new ServerConnection(switches, knownSwitches);
    stream.add(request);
    return stream;
  }

  /**
   * The last of a response is written: whatever was thrown on the way was handled. In doubt it may
   * have been for whoever waits, and nothing tells when another will be.
   */
  public void written() {
    boolean isFinal = !isInterim;
    PipelinedRequest request = isFinal ? answered : null;
    isInterim = false;
    if (isFinal && inDoubt) {
      giveUp();
    } else if (request != null) {
      answered = null;
      unanswered.remove(request);
      request.end(ExceptionOrigin.HANDLED);
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
    noticeSwitch();
    if (inDoubt) {
      giveUp();
    }
    PipelinedRequest request = unanswered.poll();
    while (request != null) {
      request.end(ExceptionOrigin.ESCAPED);
      request = unanswered.poll();
    }
  }

  private void add(PipelinedRequest request) {
    noticeSwitch();
    if (inDoubt || unanswered.size() >= MAX_UNANSWERED) {
      giveUp();
    }
    unanswered.add(request);
    read = request;
  }

  /** Whom a response is for; null when that is not certain. */
  private @Nullable PipelinedRequest addressee() {
    noticeSwitch();
    OpenSpan current = Tracing.current();
    PipelinedRequest first = unanswered.peek();
    if (first != null && first.isOf(current)) {
      inDoubt = false;
      answerer = current;
    } else if (unanswered.size() > 1 && !isAnswerer(current)) {
      giveUp();
    }
    return inDoubt ? null : first;
  }

  /** A server may answer several in a row, inside the one that the others waited for. */
  private boolean isAnswerer(@Nullable OpenSpan current) {
    OpenSpan latest = answerer;
    return latest != null && current != null && latest.isOfSameRequestAs(current);
  }

  private void noticeSwitch() {
    if (wasSwitched()) {
      knownSwitches = switches.getAsInt();
      read = null;
      giveUp();
    }
  }

  private boolean wasSwitched() {
    return knownSwitches != switches.getAsInt();
  }

  /** Which of these requests were answered, and how, is not known any more. */
  private void giveUp() {
    inDoubt = true;
    answered = null;
    answerer = null;
    PipelinedRequest request = unanswered.poll();
    while (request != null) {
      request.giveUp();
      request = unanswered.poll();
    }
  }

  private @Nullable OpenSpan spanOfSameRequestAs(OpenSpan current) {
    OpenSpan latest = reading();
    return latest != null && latest.isOfSameRequestAs(current)
        ? latest
        : waitingOfSameRequestAs(current);
  }

  private @Nullable OpenSpan waitingOfSameRequestAs(OpenSpan current) {
    for (PipelinedRequest request : unanswered) {
      OpenSpan span = request.span();
      if (span != null && span.isOfSameRequestAs(current)) {
        return span;
      }
    }
    return null;
  }
}
