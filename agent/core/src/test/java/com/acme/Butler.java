package com.acme;

/** An application's implementation of a framework's interface. */
public class Butler implements Polite {
  @Override
  public String bow() {
    return "at your service";
  }
}
