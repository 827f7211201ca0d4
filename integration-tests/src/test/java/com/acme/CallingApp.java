package com.acme;

import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;

/** Opens a URL, to prove that whoever watches for connections would see one. */
public class CallingApp {
  public static void main(String[] arguments) {
    try {
      URLConnection connection = URI.create(arguments[0]).toURL().openConnection();
      connection.getInputStream().close();
    } catch (IOException refused) {
      System.out.println("refused");
    }
  }
}
