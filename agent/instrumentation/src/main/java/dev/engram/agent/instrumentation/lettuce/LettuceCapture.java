package dev.engram.agent.instrumentation.lettuce;

import dev.engram.agent.core.capture.Handover;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.redis.RedisOperation;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CompleteableCommand;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens a command's span where it is written, and ends it where the command completes. What the
 * application does then, on the client's thread, is below the span it called the command in.
 */
final class LettuceCapture {
  private static final String SITE = "io.lettuce.core.protocol.RedisChannelWriter#write";

  private LettuceCapture() {}

  /** What {@link #unwritten} must be given, or null when the command is not remembered. */
  static @Nullable Object writing(@Nullable Object channel, Object command) {
    if (!(command instanceof CompleteableCommand<?> completing)) {
      return null;
    }
    RedisCommand<?, ?, ?> sent = (RedisCommand<?, ?, ?>) command;
    OpenSpan span = operation(sent, channel).open();
    if (span != null) {
      Handover.give(command);
      BiConsumer<Object, Throwable> end = (result, thrown) -> completed(span, sent, thrown);
      completing.onComplete(end);
    }
    return span;
  }

  static @Nullable Object writingAll(@Nullable Object channel, Collection<?> commands) {
    List<Object> spans = new ArrayList<>(commands.size());
    for (Object command : commands) {
      Object span = writing(channel, command);
      if (span != null) {
        spans.add(span);
      }
    }
    return spans;
  }

  static void unwritten(Object span, Throwable thrown) {
    OpenSpan failed = (OpenSpan) span;
    RedisOperation.fail(failed, thrown, SITE);
    failed.end();
  }

  static void unwrittenAll(Object spans, Throwable thrown) {
    ((List<?>) spans).forEach(span -> unwritten(span, thrown));
  }

  private static void completed(
      OpenSpan span, RedisCommand<?, ?, ?> command, @Nullable Throwable thrown) {
    CommandOutput<?, ?, ?> output = command.getOutput();
    if (thrown instanceof CancellationException) {
      span.fail(thrown.getClass().getName(), null);
    } else if (thrown != null) {
      RedisOperation.fail(span, thrown, SITE);
    } else if (output != null && output.hasError()) {
      RedisOperation.fail(span, output.getError());
    }
    span.end();
  }

  private static RedisOperation operation(RedisCommand<?, ?, ?> command, @Nullable Object channel) {
    SocketAddress address = channel instanceof Channel open ? open.remoteAddress() : null;
    InetSocketAddress server = address instanceof InetSocketAddress inet ? inet : null;
    return new RedisOperation(
        new String(command.getType().getBytes(), StandardCharsets.UTF_8),
        command.getArgs() == null ? 0 : command.getArgs().count(),
        server == null ? null : server.getHostString(),
        server == null ? 0 : server.getPort());
  }
}
