package dev.engram.agent.core.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.agent.record.RecordKind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleRecordQueueTest {
  @TempDir Path temporary;

  /** A file in the folder's place keeps even a superuser from making one in it. */
  @Test
  void queueThatCouldNotBeginItsNextFile_isWrittenAgainOnceItCan() throws Exception {
    Path folder = temporary.resolve("queue");
    Path away = temporary.resolve("away");
    QueueClock clock = new QueueClock(RecordQueue.ROLL_CYCLE, 1_700_000_000_000L);
    try (RecordQueue queue = ChronicleRecordQueue.open(folder, clock)) {
      append(queue, 1);
      clock.roll();
      Files.move(folder, away);
      Files.createFile(folder);
      assertThatThrownBy(() -> append(queue, 2)).hasMessageContaining("Not a directory");
    }
    Files.delete(folder);
    Files.move(away, folder);
    try (RecordQueue queue = ChronicleRecordQueue.open(folder, clock)) {
      append(queue, 2);
    }

    assertThat(QueueReader.readAll(folder))
        .extracting(QueueReader.ReadRecord::number)
        .containsExactly(1L, 2L);
  }

  private static void append(RecordQueue queue, long number) {
    UnsafeBuffer record = new UnsafeBuffer(new byte[64]);
    queue.append(number * 128, number, RecordKind.SPAN.code(), record, 0, 64);
  }
}
