package dev.engram.agent.instrumentation.jedis;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.instrument.SwitchCount;
import dev.engram.agent.core.redis.RedisOperation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;

/**
 * Matches replies with commands: a command's span is open from its sending until its reply is read,
 * however many others go the same way in between. Once some of either may have been missed, the
 * connection has no spans until it is known to wait for nothing: none is better than a wrong one.
 */
final class JedisCapture {
  private static final String SITE = "redis.clients.jedis.Connection#executeCommand";
  private static final Object BEYOND = new Object();

  /** Of a command that nobody wants to know of; its reply will come all the same. */
  private static final Object UNWANTED = new Object();

  private static final SwitchCount SWITCHES = SwitchCount.of(JedisInstrumentation.NAME);
  private static final Attachments<SentCommands> SENT = new Attachments<>();

  private JedisCapture() {}

  /** Before a socket is opened; most calls find one open. */
  static void connecting(Object connection) {
    if (!((Connection) connection).isConnected()) {
      sentBy((Connection) connection);
      closing(connection);
    }
  }

  /**
   * Before a command is sent whose reply is read at once, which nobody does who waits for another.
   */
  static void executing(Object connection) {
    SentCommands sent = sentBy((Connection) connection);
    if (!isMatched(sent)) {
      sent.startOver(SWITCHES.get());
    }
  }

  /** What {@link #sent} must be given, or null when nothing can be known of its reply. */
  static @Nullable Object sending(
      Object connection, @Nullable Object socketFactory, Object arguments) {
    SentCommands sent = sentBy((Connection) connection);
    if (!isMatched(sent)) {
      return null;
    }
    if (!sent.hasRoom()) {
      return BEYOND;
    }
    OpenSpan span = operation((CommandArguments) arguments, socketFactory).open();
    return span == null ? UNWANTED : span;
  }

  static void sent(Object connection, Object sending, @Nullable Throwable thrown) {
    if (sending instanceof OpenSpan span) {
      if (thrown == null) {
        sentBy((Connection) connection).add(span);
      } else {
        RedisOperation.fail(span, thrown, SITE);
        span.end();
      }
    } else if (thrown == null) {
      sentBy((Connection) connection).addBeyond();
      if (sending == BEYOND) {
        Tracing.failed();
      }
    }
  }

  static void replied(Object connection, @Nullable Throwable thrown) {
    SentCommands sent = SENT.get(connection);
    OpenSpan span = sent == null || !isMatched(sent) ? null : sent.next();
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
    if (isMatched(sent)) {
      endAll(sent, ((Connection) connection).isBroken());
    }
    sent.startOver(SWITCHES.get());
  }

  private static void endAll(SentCommands sent, boolean broken) {
    for (OpenSpan span = sent.next(); span != null; span = sent.next()) {
      if (broken) {
        span.fail("_OTHER", "the connection broke before the reply was read");
      }
      span.end();
    }
  }

  /** When it no longer is, what waits for its reply is given up. */
  private static boolean isMatched(SentCommands sent) {
    if (sent.isMatched(SWITCHES.get())) {
      return true;
    }
    while (sent.next() != null) {
      Tracing.failed();
    }
    return false;
  }

  /** One that is connected when it is first seen may wait for replies to what it sent before. */
  private static SentCommands sentBy(Connection connection) {
    SentCommands sent = SENT.get(connection);
    if (sent == null) {
      sent = new SentCommands(!connection.isConnected(), SWITCHES.get());
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
