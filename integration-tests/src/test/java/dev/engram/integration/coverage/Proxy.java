package dev.engram.integration.coverage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A proxy behind which every host is the same one. Of a connection it looks at the first request
 * alone: what follows has the same goal. Its threads end with their connections.
 */
final class Proxy implements AutoCloseable {
  private final ServerSocket server;
  private final int plainPort;
  private final int tunnelPort;

  /**
   * @param plainPort where requests go that are for any http URL
   * @param tunnelPort where tunnels end
   */
  Proxy(int plainPort, int tunnelPort) throws IOException {
    this.plainPort = plainPort;
    this.tunnelPort = tunnelPort;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = server.accept();
      start(() -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException {
    String head = head(client);
    boolean tunnel = head.startsWith("CONNECT ");
    Socket target = new Socket(InetAddress.getLoopbackAddress(), tunnel ? tunnelPort : plainPort);
    if (tunnel) {
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
    } else {
      target.getOutputStream().write(head.getBytes(ISO_8859_1));
    }
    start(() -> copy(client, target));
    copy(target, client);
  }

  private static String head(Socket client) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = client.getInputStream().read();
      if (next < 0) {
        throw new IOException("the connection ended within a head");
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  private static void copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                // One side has closed its connection.
              }
            },
            "proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
