package com.acme;

import java.io.IOException;

/** The smallest service: says that it is ready, and ends when nobody wants it any more. */
public final class Hello {
  private Hello() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("ready");
    while (System.in.read() >= 0) {}
  }
}
