package dev.engram.agent.core.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class AttachmentsTest {
  private final Attachments<String> attachments = new Attachments<>();

  @Test
  void value_hangsOnTheObjectNotOnItsEquals() {
    String one = new String("same");
    String other = new String("same");
    attachments.put(one, "value");

    assertThat(attachments.get(one)).isEqualTo("value");
    assertThat(attachments.get(other)).isNull();
  }

  @Test
  void secondValue_replacesTheFirst() {
    Object object = new Object();
    attachments.put(object, "first");
    attachments.put(object, "second");

    assertThat(attachments.get(object)).isEqualTo("second");
    assertThat(attachments.size()).isOne();
  }

  @Test
  void removedValue_isReturnedOnce() {
    Object object = new Object();
    attachments.put(object, "value");

    assertThat(attachments.remove(object)).isEqualTo("value");
    assertThat(attachments.remove(object)).isNull();
  }

  @Test
  void value_goesWithItsObject() {
    for (int i = 0; i < 1_000; i++) {
      attachments.put(new Object(), "value");
    }

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(attachments.size()).isZero();
            });
  }
}
