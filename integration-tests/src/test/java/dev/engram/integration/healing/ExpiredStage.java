package dev.engram.integration.healing;

import dev.engram.integration.harness.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Another service whose certificate has expired; whoever signed it is trusted. */
final class ExpiredStage implements Stage {
  private static final int BACKLOG = 50;

  private final SSLServerSocket server;
  private final AtomicInteger asked = new AtomicInteger();

  ExpiredStage() throws IOException {
    server =
        (SSLServerSocket)
            Certificate.expired()
                .serverSide()
                .getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(this::accept, "expired-peer");
    accepting.setDaemon(true);
    accepting.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (SSLSocket connection = (SSLSocket) server.accept()) {
        asked.incrementAndGet();
        connection.startHandshake();
      } catch (IOException refused) {
        // By the caller, who does not trust it; or the stage is closed.
      }
    }
  }

  @Override
  public String event(int number, Episode episode) {
    return "/get?https://127.0.0.1:" + server.getLocalPort() + "/event/" + number;
  }

  /** Nothing of it ever succeeds. */
  @Override
  public String other() {
    return "/mistake?none";
  }

  @Override
  public String place() {
    return "http 127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public int asked() {
    return asked.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
