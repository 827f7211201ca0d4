package dev.engram.agent.instrumentation.jdkhttpclient;

import java.util.concurrent.CompletableFuture;

/**
 * What the application has of a request that may be sent again. As with the client's own, who
 * cancels it, or a stage that hangs on it, cancels the exchange.
 */
final class RetriedFuture<T> extends CompletableFuture<T> {
  private final Runnable exchange;

  /**
   * @param exchange cancels what is under way
   */
  RetriedFuture(Runnable exchange) {
    this.exchange = exchange;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new RetriedFuture<>(exchange);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean wasDone = isDone();
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (mayInterruptIfRunning && !wasDone) {
      exchange.run();
    }
    return cancelled;
  }
}
