package dev.engram.agent.instrumentation.googleadk;

import com.google.adk.agents.InvocationContext;
import com.google.adk.events.Event;
import dev.engram.agent.core.ai.AgentCall;
import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** An agent's events; it is at work while somebody is subscribed to them. */
final class WatchedAgent extends Flowable<Event> {
  private final Flowable<Event> events;
  private final String agent;
  private final InvocationContext invocation;

  WatchedAgent(Flowable<Event> events, String agent, InvocationContext invocation) {
    this.events = events;
    this.agent = agent;
    this.invocation = invocation;
  }

  @Override
  protected void subscribeActual(Subscriber<? super Event> subscriber) {
    OpenSpan around = Tracing.current();
    AgentCall call = AgentCapture.open(agent, invocation);
    if (call == null) {
      events.subscribe(subscriber);
      return;
    }
    call.enter();
    try {
      events.subscribe(new Watching(call, around, subscriber));
    } finally {
      call.leave();
    }
  }

  /** What is done with an event is done in the span around the agent. */
  private static final class Watching implements FlowableSubscriber<Event>, Subscription {
    private final AgentCall call;
    private final @Nullable OpenSpan around;
    private final Subscriber<? super Event> subscriber;
    private @Nullable Subscription subscription;
    private @Nullable Messages answer;

    Watching(AgentCall call, @Nullable OpenSpan around, Subscriber<? super Event> subscriber) {
      this.call = call;
      this.around = around;
      this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Subscription upstream) {
      subscription = upstream;
      subscriber.onSubscribe(this);
    }

    @Override
    public void onNext(Event event) {
      see(event);
      outside(() -> subscriber.onNext(event));
    }

    @Override
    public void onError(Throwable thrown) {
      call.fail(thrown, "com.google.adk.agents.BaseAgent#runAsync");
      outside(() -> subscriber.onError(thrown));
    }

    @Override
    public void onComplete() {
      end();
      outside(subscriber::onComplete);
    }

    @Override
    public void request(long more) {
      if (subscription == null) {
        return;
      }
      // A source that waits to be asked works on the thread that asks.
      call.enter();
      try {
        subscription.request(more);
      } finally {
        call.leave();
      }
    }

    @Override
    public void cancel() {
      end();
      if (subscription != null) {
        subscription.cancel();
      }
    }

    /** The last event that is an answer counts. */
    private void see(Event event) {
      try {
        if (event.finalResponse() && event.content().isPresent()) {
          Messages messages = new Messages().role("assistant");
          ContentText.addParts(messages, event.content().get());
          answer = messages;
        }
      } catch (Throwable ours) {
        Tracing.failed();
      }
    }

    private void end() {
      Messages last = answer;
      answer = null;
      if (last != null) {
        call.output(last);
      }
      call.end();
    }

    private void outside(Runnable callback) {
      if (around == null) {
        callback.run();
        return;
      }
      around.enter();
      try {
        callback.run();
      } finally {
        around.leave();
      }
    }
  }
}
