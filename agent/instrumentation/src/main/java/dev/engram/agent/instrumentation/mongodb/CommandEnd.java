package dev.engram.agent.instrumentation.mongodb;

import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import dev.engram.agent.core.capture.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * In front of a client's own listener. Only ends are listened to: what began is closed even when
 * the instrumentation was switched off meanwhile.
 */
final class CommandEnd implements CommandListener {
  private final @Nullable CommandListener listener;

  CommandEnd(@Nullable CommandListener listener) {
    this.listener = listener;
  }

  @Override
  public void commandStarted(CommandStartedEvent event) {
    if (listener != null) {
      listener.commandStarted(event);
    }
  }

  @Override
  public void commandSucceeded(CommandSucceededEvent event) {
    try {
      MongoDbCapture.succeeded(event);
    } catch (Throwable failure) {
      Tracing.failed();
    }
    if (listener != null) {
      listener.commandSucceeded(event);
    }
  }

  @Override
  public void commandFailed(CommandFailedEvent event) {
    try {
      MongoDbCapture.failed(event);
    } catch (Throwable failure) {
      Tracing.failed();
    }
    if (listener != null) {
      listener.commandFailed(event);
    }
  }
}
