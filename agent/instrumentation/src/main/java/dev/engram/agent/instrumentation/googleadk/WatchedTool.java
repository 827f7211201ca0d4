package dev.engram.agent.instrumentation.googleadk;

import dev.engram.agent.core.ai.ToolCall;
import dev.engram.agent.core.capture.Tracing;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.Map;

/**
 * A tool's result, which ends its span before anybody has it. What a function threw does not come
 * here: the kit makes a result of it, with the status that tools say they failed by.
 */
final class WatchedTool extends Maybe<Map<String, Object>> {
  private final Maybe<Map<String, Object>> result;
  private final ToolCall call;

  WatchedTool(Maybe<Map<String, Object>> result, ToolCall call) {
    this.result = result;
    this.call = call;
  }

  @Override
  protected void subscribeActual(MaybeObserver<? super Map<String, Object>> observer) {
    call.enter();
    try {
      result.subscribe(new Watching(call, observer));
    } finally {
      call.leave();
    }
  }

  private record Watching(ToolCall call, MaybeObserver<? super Map<String, Object>> observer)
      implements MaybeObserver<Map<String, Object>> {
    @Override
    public void onSubscribe(Disposable disposable) {
      observer.onSubscribe(disposable);
    }

    @Override
    public void onSuccess(Map<String, Object> gave) {
      try {
        call.result(gave);
        if ("error".equals(gave.get("status"))) {
          call.fail("tool_error", gave.get("message") instanceof String why ? why : null);
        }
      } catch (RuntimeException | LinkageError unreadable) {
        Tracing.failed();
      }
      over();
      observer.onSuccess(gave);
    }

    @Override
    public void onError(Throwable thrown) {
      call.fail(thrown, ToolCapture.SITE);
      over();
      observer.onError(thrown);
    }

    @Override
    public void onComplete() {
      over();
      observer.onComplete();
    }

    /** What the kit does with the result is no part of the tool, which may be current here. */
    private void over() {
      call.end();
      call.leave();
    }
  }
}
