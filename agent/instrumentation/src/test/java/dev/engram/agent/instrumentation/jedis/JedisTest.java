package dev.engram.agent.instrumentation.jedis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.SpanRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** Commands and replies go together, or there is no span; StoresIT proves the rest. */
class JedisTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private ServerSocket server;
  private Connection connection;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread serving = new Thread(this::serve, "redis");
    serving.setDaemon(true);
    serving.start();
    connection = new Connection("127.0.0.1", server.getLocalPort());
  }

  @AfterEach
  void disconnect() throws IOException {
    connection.disconnect();
    server.close();
  }

  @Test
  void pipeline_hasASpanForEachCommand() {
    connection.sendCommand(Command.PING);
    connection.sendCommand(Command.ECHO, "x");
    readReplies(2);

    assertThat(run.spans(2)).extracting(SpanRecord::name).containsExactly("PING", "ECHO");
  }

  @Test
  void offBetweenCommandAndReply_hasNoSpans_untilTheConnectionIsNew() {
    connection.sendCommand(Command.PING);
    run.without(JedisInstrumentation.NAME, () -> connection.sendCommand(Command.ECHO, "x"));
    connection.sendCommand(Command.TIME);
    readReplies(3);
    assertThat(run.spans()).isEmpty();
    assertThat(run.takeFailures()).as("commands given up").isEqualTo(1);

    connection.disconnect();
    connection.sendCommand(Command.GET, "key");
    readReplies(1);
    assertThat(run.onlySpan().name()).isEqualTo("GET");
  }

  @Test
  void firstSeenAfterItWasOff_hasNoSpans_untilTheConnectionIsNew() {
    run.without(JedisInstrumentation.NAME, () -> connection.sendCommand(Command.PING));
    connection.sendCommand(Command.TIME);
    readReplies(2);
    assertThat(run.spans()).isEmpty();

    connection.disconnect();
    connection.sendCommand(Command.GET, "key");
    readReplies(1);
    assertThat(run.onlySpan().name()).isEqualTo("GET");
  }

  @Test
  void firstSeenInAPipeline_hasNoSpans_untilACommandIsExecutedAlone() {
    connection.sendCommand(Command.PING);
    run.forget(JedisInstrumentation.NAME, JedisCapture.class.getName(), connection);
    connection.sendCommand(Command.ECHO, "x");
    readReplies(2);
    assertThat(run.spans()).isEmpty();

    connection.executeCommand(Command.TIME);
    assertThat(run.onlySpan().name()).isEqualTo("TIME");
  }

  private void readReplies(int count) {
    for (int i = 0; i < count; i++) {
      assertThat(connection.getStatusCodeReply()).isEqualTo("OK");
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        answer(client);
      } catch (IOException closed) {
        // The test has ended, or the client has.
      }
    }
  }

  /** A command is "*n", then n times a length and a text; all are answered alike. */
  private static void answer(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      for (int left = 2 * Integer.parseInt(line.substring(1)); left > 0; left--) {
        in.readLine();
      }
      client.getOutputStream().write("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
