package dev.engram.agent.instrumentation.jedis;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.redis.RedisOperation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;

/**
 * Matches replies with commands: a command's span is open from its sending until its reply is read,
 * however many others go the same way in between.
 */
final class JedisCapture {
  private static final String SITE = "redis.clients.jedis.Connection#executeCommand";
  private static final Object BEYOND = new Object();
  private static final Attachments<SentCommands> SENT = new Attachments<>();

  private JedisCapture() {}

  /** What {@link #sent} must be given, or null when capture is off. */
  static @Nullable Object sending(
      Object connection, @Nullable Object socketFactory, Object arguments) {
    SentCommands sent = SENT.get(connection);
    if (sent != null && !sent.hasRoom()) {
      return BEYOND;
    }
    return operation((CommandArguments) arguments, socketFactory).open();
  }

  static void sent(Object connection, Object sending, @Nullable Throwable thrown) {
    if (sending instanceof OpenSpan span) {
      if (thrown == null) {
        sentBy(connection).add(span);
      } else {
        RedisOperation.fail(span, thrown, SITE);
        span.end();
      }
    } else if (thrown == null) {
      sentBy(connection).addBeyond();
      Tracing.failed();
    }
  }

  static void replied(Object connection, @Nullable Throwable thrown) {
    SentCommands sent = SENT.get(connection);
    OpenSpan span = sent == null ? null : sent.next();
    if (span == null) {
      return;
    }
    if (thrown != null) {
      RedisOperation.fail(span, thrown, SITE);
    }
    span.end();
  }

  /** What was sent and is not answered: nobody knows what became of it. */
  static void closing(Object connection) {
    SentCommands sent = SENT.get(connection);
    if (sent == null) {
      return;
    }
    boolean broken = ((Connection) connection).isBroken();
    for (OpenSpan span = sent.next(); span != null; span = sent.next()) {
      if (broken) {
        span.fail("_OTHER", "the connection broke before the reply was read");
      }
      span.end();
    }
    sent.forgetOthers();
  }

  private static SentCommands sentBy(Object connection) {
    SentCommands sent = SENT.get(connection);
    if (sent == null) {
      sent = new SentCommands();
      SENT.put(connection, sent);
    }
    return sent;
  }

  private static RedisOperation operation(
      CommandArguments arguments, @Nullable Object socketFactory) {
    HostAndPort server =
        socketFactory instanceof DefaultJedisSocketFactory factory
            ? factory.getHostAndPort()
            : null;
    return new RedisOperation(
        new String(arguments.getCommand().getRaw(), StandardCharsets.UTF_8),
        arguments.size() - 1,
        server == null ? null : server.getHost(),
        server == null ? 0 : server.getPort());
  }
}
