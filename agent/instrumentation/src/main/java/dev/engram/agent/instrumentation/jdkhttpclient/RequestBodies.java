package dev.engram.agent.instrumentation.jdkhttpclient;

import dev.engram.agent.core.ai.wire.BodyBytes;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Which bodies give their bytes as often as they are asked, and these bytes. */
final class RequestBodies {
  private static final String PUBLISHERS = "jdk.internal.net.http.RequestPublishers$";

  private RequestBodies() {}

  /** Those of {@code ofString} and {@code ofByteArray}. */
  static boolean areFromMemory(BodyPublisher publisher) {
    String name = publisher.getClass().getName();
    return name.equals(PUBLISHERS + "StringPublisher")
        || name.equals(PUBLISHERS + "ByteArrayPublisher");
  }

  /** Null when it cannot be had without taking it from the client. */
  static @Nullable BodyBytes read(HttpRequest request) {
    BodyPublisher publisher = request.bodyPublisher().orElse(null);
    if (publisher == null || publisher.contentLength() <= 0 || !areFromMemory(publisher)) {
      return null;
    }
    Copy copy = new Copy();
    publisher.subscribe(copy);
    return copy.complete ? copy.bytes : null;
  }

  /** The same as bytes; null where they are too many, too. */
  static byte @Nullable [] bytes(HttpRequest request) {
    BodyBytes read = read(request);
    return read == null ? null : read.whole();
  }

  /** Takes all at once, on the calling thread. */
  private static final class Copy implements Flow.Subscriber<ByteBuffer> {
    private final BodyBytes bytes = new BodyBytes();
    private boolean complete;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer part) {
      byte[] copied = new byte[part.remaining()];
      part.duplicate().get(copied);
      bytes.write(copied, 0, copied.length);
    }

    @Override
    public void onError(Throwable thrown) {
      // Not complete.
    }

    @Override
    public void onComplete() {
      complete = true;
    }
  }
}
