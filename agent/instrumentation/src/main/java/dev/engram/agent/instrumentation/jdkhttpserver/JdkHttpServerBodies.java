package dev.engram.agent.instrumentation.jdkhttpserver;

import dev.engram.agent.core.http.Body;
import org.jspecify.annotations.Nullable;

/** Tells the bodies of an exchange what passes through the streams of its transaction. */
final class JdkHttpServerBodies {
  private JdkHttpServerBodies() {}

  static void read(@Nullable Object transaction, int value) {
    Body body = JdkHttpServerCapture.requestBody(transaction);
    if (body != null) {
      body.add((byte) value);
    }
  }

  static void read(@Nullable Object transaction, byte[] bytes, int from, int count) {
    Body body = JdkHttpServerCapture.requestBody(transaction);
    if (body != null) {
      body.add(bytes, from, count);
    }
  }

  static void written(@Nullable Object transaction, int value) {
    Body body = JdkHttpServerCapture.responseBody(transaction);
    if (body != null) {
      body.add((byte) value);
    }
  }

  static void written(@Nullable Object transaction, byte[] bytes, int from, int count) {
    Body body = JdkHttpServerCapture.responseBody(transaction);
    if (body != null) {
      body.add(bytes, from, count);
    }
  }
}
