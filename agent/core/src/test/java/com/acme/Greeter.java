package com.acme;

import java.util.function.Supplier;

/** A class of an application, to be instrumented. */
public class Greeter {
  public String greet(String name) {
    return "hello " + name;
  }

  public String greetAfter(Supplier<String> name) {
    return "hello " + name.get();
  }

  public int count() {
    return 42;
  }
}
