package com.acme;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that run the handlers of a service. */
final class HandlerThreads {
  private HandlerThreads() {}

  /**
   * @param kind {@code platform}, or {@code virtual}, which takes a JDK that has them; never too
   *     few for the requests there are
   */
  static ExecutorService of(String kind) {
    return kind.equals("virtual") ? virtual() : Executors.newCachedThreadPool();
  }

  /** By reflection: these tests are compiled for JDK 17. */
  private static ExecutorService virtual() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException noneHere) {
      throw new IllegalStateException("this JDK has no virtual threads", noneHere);
    }
  }
}
