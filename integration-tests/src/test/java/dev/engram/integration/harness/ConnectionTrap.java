package dev.engram.integration.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy that leads nowhere and counts who comes: a JVM that is told to use it for HTTP, HTTPS and
 * plain sockets cannot call out unseen. Thread-safe.
 */
public final class ConnectionTrap implements AutoCloseable {
  private final ServerSocket socket;
  private final AtomicInteger caught = new AtomicInteger();

  public ConnectionTrap() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "connection trap");
    thread.setDaemon(true);
    thread.start();
  }

  /** The options that send every connection of a JVM here, those to its own machine included. */
  public String[] options() {
    String host = socket.getInetAddress().getHostAddress();
    String port = Integer.toString(socket.getLocalPort());
    return new String[] {
      "-Dhttp.proxyHost=" + host,
      "-Dhttp.proxyPort=" + port,
      "-Dhttps.proxyHost=" + host,
      "-Dhttps.proxyPort=" + port,
      "-DsocksProxyHost=" + host,
      "-DsocksProxyPort=" + port,
      "-Dhttp.nonProxyHosts=",
      "-DsocksNonProxyHosts="
    };
  }

  /** How many connections came in. */
  public int caught() {
    return caught.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        caught.incrementAndGet();
        caller.close();
      } catch (IOException closed) {
        return;
      }
    }
  }
}
