package com.acme;

/** Ends with the exit code it is given. */
public class ExitingApp {
  public static void main(String[] arguments) {
    System.exit(Integer.parseInt(arguments[0]));
  }
}
