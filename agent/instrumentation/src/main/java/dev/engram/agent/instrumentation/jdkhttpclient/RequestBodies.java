package dev.engram.agent.instrumentation.jdkhttpclient;

import java.net.http.HttpRequest.BodyPublisher;

/** Which bodies give their bytes as often as they are asked. */
final class RequestBodies {
  private static final String PUBLISHERS = "jdk.internal.net.http.RequestPublishers$";

  private RequestBodies() {}

  /** Those of {@code ofString} and {@code ofByteArray}. */
  static boolean areFromMemory(BodyPublisher publisher) {
    String name = publisher.getClass().getName();
    return name.equals(PUBLISHERS + "StringPublisher")
        || name.equals(PUBLISHERS + "ByteArrayPublisher");
  }
}
