package dev.engram.agent.core.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueBudgetTest {
  private static final long LIMIT = 1_600;
  private static final int SPAN = RecordKind.SPAN.code();

  @TempDir Path folder;
  private final QueueBudget budget = new QueueBudget(LIMIT);
  private final RingHeader header = header();

  @Test
  void recordsOfLowValue_areToGoFromFourFifthsOfTheLimit() throws IOException {
    File file = file("one");

    budget.appended(file, LIMIT / 5 * 4 - 1, SPAN);
    assertThat(budget.isNearFull()).isFalse();
    budget.appended(file, LIMIT / 5 * 4, SPAN);

    assertThat(budget.isNearFull()).isTrue();
    assertThat(budget.isFull()).isFalse();
  }

  @Test
  void file_isFullAtASixteenthOfTheLimit() throws IOException {
    File file = file("one");

    budget.appended(file, LIMIT / 16 - 1, SPAN);
    assertThat(budget.isFileFull()).isFalse();
    budget.appended(file, LIMIT / 16, SPAN);

    assertThat(budget.isFileFull()).isTrue();
  }

  @Test
  void oldestFiles_goAtTheLimit_countedByKind() throws IOException {
    File oldest = file("one");
    File older = file("two");
    File newest = file("three");
    budget.appended(oldest, 300, RecordKind.EXCEPTION.code());
    budget.appended(oldest, 600, SPAN);
    budget.appended(older, 600, SPAN);
    budget.appended(newest, LIMIT - 1_200 - 1, SPAN);
    assertThat(budget.removeOldest(header)).isZero();
    budget.appended(newest, LIMIT - 1_200, SPAN);

    assertThat(budget.removeOldest(header)).isEqualTo(2);

    assertThat(oldest).doesNotExist();
    assertThat(older).exists();
    assertThat(newest).exists();
    assertThat(header.queueDropped(SPAN)).isEqualTo(1);
    assertThat(header.queueDropped(RecordKind.EXCEPTION.code())).isEqualTo(1);
    assertThat(header.queueDropped()).isEqualTo(2);
    assertThat(budget.isFull()).isFalse();
  }

  @Test
  void fileThatIsWritten_stays_howeverLargeItIs() throws IOException {
    File file = file("one");
    budget.appended(file, 2 * LIMIT, SPAN);

    assertThat(budget.removeOldest(header)).isZero();

    assertThat(file).exists();
    assertThat(header.queueDropped()).isZero();
  }

  /** The collector has stored it: nothing of it was dropped. */
  @Test
  void fileThatTheCollectorRemoved_countsNoMore_andDropsNothing() throws IOException {
    File stored = file("one");
    budget.appended(stored, LIMIT, SPAN);
    budget.appended(file("two"), 100, SPAN);
    Files.delete(stored.toPath());

    assertThat(budget.isFull()).isTrue();
    assertThat(budget.removeOldest(header)).isZero();
    budget.refresh();

    assertThat(budget.isNearFull()).isFalse();
    assertThat(header.queueDropped()).isZero();
  }

  private File file(String name) throws IOException {
    return Files.createFile(folder.resolve(name)).toFile();
  }

  private static RingHeader header() {
    int length = (int) RingLayout.fileLength(64 << 10);
    RingHeader header = new RingHeader(new UnsafeBuffer(ByteBuffer.allocateDirect(length)));
    header.initialize(new UUID(1, 2), 64 << 10, 0);
    return header;
  }
}
