package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class EncoderAllocationTest {
  private static final int ROUNDS = 20_000;
  private static final AttributeKey INLINE = AttributeKey.of("com.acme.tenant");

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final RecordEncoder encoder = new RecordEncoder();
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
  private final ExceptionRecord exception = (ExceptionRecord) SampleRecords.all().get("exception");

  @Test
  void encoding_inSteadyState_allocatesNothing() {
    encodeMany();
    long measuringItself = -allocated() + allocated();
    long before = allocated();
    int length = encodeMany();
    long after = allocated();
    assertThat(length).isPositive();
    assertThat(after - before - measuringItself).isLessThanOrEqualTo(ROUNDS / 100);
  }

  private int encodeMany() {
    int length = 0;
    for (int i = 0; i < ROUNDS; i++) {
      length += span(i) + exception();
    }
    return length;
  }

  private int span(long i) {
    return encoder
        .begin(RecordKind.SPAN, buffer, 0)
        .put(Field.TIME, 1_700_000_000_000_000_000L + i)
        .put(Field.SPAN_ID, i + 1)
        .put(Field.NAME, "GET /orders/{id}", 1024)
        .put(Field.DURATION, i)
        .attribute(AttributeKey.URL_PATH, "/orders/17/€", 4096)
        .attribute(AttributeKey.HTTP_RESPONSE_STATUS_CODE, 200)
        .attribute(INLINE, 0.5)
        .attribute(AttributeKey.USER_ID, true)
        .end();
  }

  private int exception() {
    return encoder
        .begin(RecordKind.EXCEPTION, buffer, 0)
        .throwable(Field.THROWN, exception.thrown(), 8192)
        .end();
  }

  private long allocated() {
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
