package com.acme;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Calculates until a file is there, and ends. It opens no socket, but like most programs a file
 * channel: the JDK then finds out, once, what kinds of sockets there are.
 */
public class CalculatingApp {
  private long sum;

  public static void main(String[] arguments) throws IOException {
    FileChannel.open(Path.of(System.getProperty("java.home"), "release")).close();
    CalculatingApp app = new CalculatingApp();
    do {
      app.calculate(1_000_000);
    } while (!Files.exists(Path.of(arguments[0])));
    System.out.println("calculated " + (app.sum != 0));
  }

  long calculate(int steps) {
    for (int step = 0; step < steps; step++) {
      sum = 31 * sum + step;
    }
    return sum;
  }
}
