package dev.engram.agent.core.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.agent.core.writer.QueueReader.ReadRecord;
import dev.engram.agent.record.RecordKind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ChronicleRecordQueueTest {
  private static final int PAGE = 4 << 10;
  private static final int NOT_COMPLETE = 1 << 31;

  /** A block, and as much of the next one as Chronicle maps with it. */
  private static final long LARGEST_MAPPING = 5 << 20;

  @TempDir Path temporary;
  private final QueueClock clock = new QueueClock(RecordQueue.ROLL_CYCLE, 1_700_000_000_000L);

  /** A file in the folder's place keeps even a superuser from making one in it. */
  @Test
  void queueThatCouldNotBeginItsNextFile_isWrittenAgainOnceItCan() throws Exception {
    Path folder = temporary.resolve("queue");
    Path away = temporary.resolve("away");
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

    assertHolds(folder, 2);
  }

  @Test
  void queueThatIsALink_orKeepsItsPlaceInOne_isNotWritten() throws Exception {
    Path folder = temporary.resolve("queue");
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createSymbolicLink(folder, elsewhere);
    assertThatThrownBy(() -> ChronicleRecordQueue.open(folder, clock))
        .hasMessageContaining(folder + " is a symbolic link");
    assertThat(elsewhere).isEmptyDirectory();

    Files.delete(folder);
    try (RecordQueue queue = ChronicleRecordQueue.open(folder, clock)) {
      append(queue, 1);
    }
    Path metadata = folder.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE);
    Files.move(metadata, elsewhere.resolve("theirs"));
    Files.createSymbolicLink(metadata, elsewhere.resolve("theirs"));
    assertThatThrownBy(() -> ChronicleRecordQueue.open(folder, clock))
        .hasMessageContaining(metadata + " is a symbolic link");
  }

  /** Whatever is left when somebody else takes all there is: it is appended whole or not at all. */
  @Test
  void diskWithoutAByteLeft_takesARecordWholeOrNotAtAll() throws Exception {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", disk.toString()) == 0,
        "this user may not mount a tmpfs");
    try {
      for (int pages = 0; pages < 80; pages++) {
        appendWhileTheDiskIsFull(disk, pages);
      }
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private void appendWhileTheDiskIsFull(Path disk, int pages) throws Exception {
    Path folder = disk.resolve("queue");
    Path ballast = disk.resolve("ballast");
    Path rest = disk.resolve("rest");
    fill(disk, ballast, pages * PAGE);
    long appended = appendUntilFull(folder, rest);
    Files.delete(ballast);
    Files.deleteIfExists(rest);
    try (RecordQueue queue = ChronicleRecordQueue.open(folder, clock)) {
      append(queue, appended + 1);
    }

    assertHolds(folder, appended + 1);
    run("rm", "-r", folder.toString());
  }

  private long appendUntilFull(Path folder, Path rest) throws IOException {
    long number = 0;
    try (RecordQueue queue = ChronicleRecordQueue.open(folder, clock)) {
      append(queue, ++number);
      fill(folder, rest, 0);
      while (true) {
        append(queue, ++number);
        if (number % 20 == 0) {
          clock.roll();
        }
      }
    } catch (UncheckedIOException full) {
      assertThat(full).hasRootCauseMessage("No space left on device");
      return number - 1;
    } catch (IOException notOpened) {
      assertThat(notOpened).hasMessage("No space left on device");
      return 0;
    }
  }

  /** A service's resident memory would grow with larger ones. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void queue_isMappedInBlocksOfFourMebibytes() throws Exception {
    Path folder = temporary.resolve("queue");
    try (RecordQueue queue = ChronicleRecordQueue.open(folder, clock)) {
      for (long number = 1; number <= 6_000; number++) {
        append(queue, number);
      }

      assertThat(queue.fileBytes()).isGreaterThan(2 * LARGEST_MAPPING);
      assertThat(mapped(queue.file().toPath().toRealPath()))
          .isNotEmpty()
          .allSatisfy(bytes -> assertThat(bytes).isBetween(1L, LARGEST_MAPPING));
    }
  }

  /** How long each mapping of a file is that this process has. */
  private static List<Long> mapped(Path file) throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.endsWith(file.toString()))
          .map(line -> line.substring(0, line.indexOf(' ')).split("-", 2))
          .map(ends -> Long.parseLong(ends[1], 16) - Long.parseLong(ends[0], 16))
          .toList();
    }
  }

  @Test
  void excerptThatWasLeftIncomplete_isFollowedByANewFile() throws Exception {
    Path folder = temporary.resolve("queue");
    Path left;
    try (RecordQueue queue = ChronicleRecordQueue.open(folder, clock)) {
      append(queue, 1);
      left = queue.file().toPath();
    }
    leaveIncomplete(left);
    try (RecordQueue queue = ChronicleRecordQueue.open(folder, clock)) {
      append(queue, 2);
      assertThat(queue.file()).isNotEqualTo(left.toFile());
    }

    assertHolds(folder, 2);
  }

  @Test
  void fileThatWasBegunAndHoldsNothing_isPutAway() throws Exception {
    Path folder = temporary.resolve("queue");
    Path left;
    try (RecordQueue queue = ChronicleRecordQueue.open(folder, clock)) {
      append(queue, 1);
      clock.roll();
      append(queue, 2);
      left = queue.file().toPath();
    }
    Files.write(left, new byte[64 << 10]);
    try (RecordQueue queue = ChronicleRecordQueue.open(folder, clock)) {
      append(queue, 2);
    }

    assertThat(left).doesNotExist();
    assertHolds(folder, 2);
  }

  /** Puts the head of an excerpt that nobody will finish behind the one that is there. */
  private static void leaveIncomplete(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    byte[] record = record(1);
    int end = all.length - record.length;
    while (!Arrays.equals(all, end, end + record.length, record, 0, record.length)) {
      end--;
    }
    ByteBuffer head = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(0, NOT_COMPLETE | 500);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(head, (end + record.length + 3) & -4);
    }
  }

  private static void append(RecordQueue queue, long number) {
    byte[] record = record(number);
    queue.append(
        number << 13, number, RecordKind.SPAN.code(), new UnsafeBuffer(record), 0, record.length);
  }

  /** Of a length and a content of its own. */
  private static byte[] record(long number) {
    byte[] record = new byte[(int) (64 + number * 991 % 5_000)];
    Arrays.fill(record, (byte) (number % 100 + 1));
    return record;
  }

  private static void assertHolds(Path folder, long count) {
    List<ReadRecord> all = QueueReader.readAll(folder);
    assertThat(all)
        .extracting(ReadRecord::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
    assertThat(all).allSatisfy(it -> assertThat(it.bytes()).isEqualTo(record(it.number())));
  }

  private static void fill(Path disk, Path ballast, long left) throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (disk.toFile().getUsableSpace() > left) {
        out.write(new byte[PAGE]);
      }
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
