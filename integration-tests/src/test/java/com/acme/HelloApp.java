package com.acme;

/** Says hello and ends. */
public class HelloApp {
  public static void main(String[] arguments) {
    System.out.println("hello");
  }
}
