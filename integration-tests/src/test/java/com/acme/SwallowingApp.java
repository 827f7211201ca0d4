package com.acme;

import java.util.ArrayList;
import java.util.List;

/**
 * Throws and swallows so many exceptions at known places, on many threads, exhausts its stack and
 * its memory meanwhile, and ends.
 */
public class SwallowingApp {
  /** How many threads there are. */
  public static final int THREADS = 16;

  /** What each throws at its first place, of a type of its own; at the second half as many. */
  public static final int EACH = 4_000;

  /** {@code NumberFormatException}s in all. */
  public static final int NUMBERS = 300;

  private static long swallowed;

  /** Thrown nowhere else. */
  private static final class Odd extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private SwallowingApp() {}

  public static void main(String[] arguments) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(SwallowingApp::swallow);
      threads.add(thread);
      thread.start();
    }
    exhaustStack();
    exhaustMemory();
    for (int i = 0; i < NUMBERS; i++) {
      parse();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    // Who lives for less than a second and has done nothing else leaves nothing behind.
    Thread.currentThread().join(2_000);
    System.out.println(swallowed);
  }

  private static void swallow() {
    for (int i = 0; i < EACH; i++) {
      often();
      if (i % 2 == 0) {
        seldom();
      }
    }
  }

  private static void often() {
    try {
      throw new Odd();
    } catch (Odd odd) {
      swallowed++;
    }
  }

  private static void seldom() {
    try {
      throw new Odd();
    } catch (Odd odd) {
      swallowed++;
    }
  }

  private static void parse() {
    try {
      Integer.parseInt("no number");
    } catch (NumberFormatException noNumber) {
      swallowed++;
    }
  }

  private static void exhaustStack() {
    try {
      descend(0);
    } catch (StackOverflowError expected) {
      swallowed++;
    }
  }

  private static int descend(int depth) {
    try {
      throw new IllegalStateException();
    } catch (IllegalStateException atEveryDepth) {
      return descend(depth + 1) + 1;
    }
  }

  private static void exhaustMemory() {
    try {
      swallowed += new long[Integer.MAX_VALUE].length;
    } catch (OutOfMemoryError expected) {
      swallowed++;
    }
  }
}
