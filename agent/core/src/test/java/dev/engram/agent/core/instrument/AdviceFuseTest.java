package dev.engram.agent.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.RecordSink;
import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.record.RecordKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdviceFuseTest {
  private final CountingSink sink = new CountingSink();

  @AfterEach
  void stop() {
    Capture.stop();
  }

  @Test
  void adviceWithoutMemory_isCountedAsGivenUp_andNeverBlown() throws Throwable {
    Capture.start(Configuration.of(""), sink);
    AdviceFuse fuse = new AdviceFuse("com.acme.Advice", () -> {});
    MethodHandle advice =
        fuse.guard(
            MethodHandles.throwException(void.class, OutOfMemoryError.class)
                .bindTo(new OutOfMemoryError("test")));

    for (int i = 0; i < 2 * AdviceFuse.FAILURES; i++) {
      advice.invoke();
    }

    assertThat(sink.failed).hasValue(2 * AdviceFuse.FAILURES);
    assertThat(fuse.isBlown()).isFalse();
  }

  private static final class CountingSink implements RecordSink {
    final AtomicInteger failed = new AtomicInteger();

    @Override
    public boolean offer(
        RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
      return true;
    }

    @Override
    public int maxRecordLength() {
      return 1 << 10;
    }

    @Override
    public void failed() {
      failed.incrementAndGet();
    }

    @Override
    public long roll() {
      return 0;
    }
  }
}
