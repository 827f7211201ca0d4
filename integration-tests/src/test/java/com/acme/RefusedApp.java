package com.acme;

import dev.engram.agent.api.Remember;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks a warehouse for so many orders that does not listen, and ends. */
public class RefusedApp {
  /** How many orders there are. */
  public static final int ORDERS = 3;

  public static void main(String[] arguments) throws IOException {
    // Bound, so that nobody else takes the port, and not listening.
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      RefusedApp app = new RefusedApp();
      for (int i = 0; i < ORDERS; i++) {
        app.order(silent.getLocalPort());
      }
    }
  }

  private void order(int port) {
    try {
      reserve(port);
    } catch (IOException refused) {
      System.out.println("refused");
    }
  }

  @Remember("reserve")
  void reserve(int port) throws IOException {
    try (Socket warehouse = new Socket(InetAddress.getLoopbackAddress(), port)) {
      warehouse.getOutputStream().write(1);
    }
  }
}
