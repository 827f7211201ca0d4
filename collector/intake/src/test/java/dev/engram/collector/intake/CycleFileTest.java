package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.ring.HomeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are written by Chronicle Queue itself, whose own tailer says what is in them. */
class CycleFileTest {
  @TempDir Path home;
  private ServiceFolder service;

  @BeforeEach
  void open() throws IOException {
    service = new ServiceFolder(home);
  }

  @AfterEach
  void close() throws IOException {
    service.close();
  }

  @Test
  void excerptsOfAllLengths_areWhatTheLibrarysTailerReads() throws IOException {
    appendOfAllLengths(400, 3000);
    service.append(0, 401, 3, new byte[200_000]);
    service.append(0, 402, 3, new byte[1]);

    List<String> read = read(onlyFile());

    assertThat(read).hasSize(402).isEqualTo(readByTheLibrary());
  }

  @Test
  void manyExcerpts_indexPagesBetweenThemArePassedOver() throws IOException {
    for (int i = 1; i <= 70_000; i++) {
      service.append(i * 8L, i, 3, new byte[] {1, 2, 3});
    }

    assertThat(read(onlyFile())).hasSize(70_000).isEqualTo(readByTheLibrary());
  }

  @Test
  void fileBeingWritten_givesEachExcerptOnceItIsComplete() throws IOException {
    service.append(0, 1, 3, new byte[100]);
    try (CycleFile file = new CycleFile(onlyFile())) {
      for (int i = 2; i <= 3000; i++) {
        assertThat(file.next()).isEqualTo(CycleFile.Step.EXCERPT);
        assertThat(file.next()).isEqualTo(CycleFile.Step.QUIET);
        service.append(i * 8L, i, 3, new byte[i]);
      }
    }
  }

  @Test
  void rolledFile_ends() throws IOException {
    service.append(0, 1, 3, new byte[100]);
    service.roll();
    service.append(200, 2, 3, new byte[100]);

    try (CycleFile file = new CycleFile(service.cycleFiles().get(0))) {
      assertThat(file.next()).isEqualTo(CycleFile.Step.EXCERPT);
      assertThat(file.next()).isEqualTo(CycleFile.Step.END);
      assertThat(file.next()).isEqualTo(CycleFile.Step.END);
    }
  }

  @Test
  void resumeAfter_believesAPlaceOnlyWhereTheExcerptIs() throws IOException {
    appendOfAllLengths(20, 50);
    long place;
    try (CycleFile file = new CycleFile(onlyFile())) {
      for (int i = 1; i <= 10; i++) {
        file.next();
      }
      place = file.place();
    }

    assertThat(countAfter(place, 10 * 8, 10)).isEqualTo(10);
    assertThat(countAfter(place + 4, 10 * 8, 10)).isEqualTo(20);
    assertThat(countAfter(place, 11 * 8, 10)).isEqualTo(20);
    assertThat(countAfter(1L << 40, 10 * 8, 10)).isEqualTo(20);
  }

  @Test
  void flippedBits_neverHangNorThrow() throws IOException {
    appendOfAllLengths(300, 200);
    service.close();
    byte[] whole = Files.readAllBytes(onlyFile());
    Path copy = home.resolve("copy.cq4");
    Random random = new Random(7);
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (int round = 0; round < 300; round++) {
            byte[] flipped = whole.clone();
            int at = round < 100 ? random.nextInt(300) : random.nextInt(150_000);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(copy, flipped);
            assertThat(readOverDamage(copy)).as("byte %d", at).isBetween(0, 300);
            boolean inDescription = at < 204;
            if (!inDescription) {
              assertThat(readOverDamage(copy)).as("byte %d", at).isGreaterThanOrEqualTo(297);
            }
          }
        });
  }

  private void appendOfAllLengths(int count, int step) {
    for (int i = 1; i <= count; i++) {
      service.append(i * 8L, i, 3, new byte[1 + (i * step) % 4001]);
    }
  }

  private Path onlyFile() throws IOException {
    return service.cycleFiles().get(0);
  }

  private int countAfter(long place, long position, long number) throws IOException {
    try (CycleFile file = new CycleFile(onlyFile())) {
      file.resumeAfter(place, position, number);
      int count = 0;
      while (file.next() == CycleFile.Step.EXCERPT) {
        count++;
      }
      return count;
    }
  }

  private static List<String> read(Path path) throws IOException {
    List<String> excerpts = new ArrayList<>();
    try (CycleFile file = new CycleFile(path)) {
      while (file.next() == CycleFile.Step.EXCERPT) {
        byte[] bytes = new byte[file.length()];
        file.buffer().getBytes(file.offset(), bytes);
        excerpts.add(HexFormat.of().formatHex(bytes));
      }
    }
    return excerpts;
  }

  private static int readOverDamage(Path path) throws IOException {
    int count = 0;
    try (CycleFile file = new CycleFile(path)) {
      while (true) {
        CycleFile.Step step = file.next();
        if (step == CycleFile.Step.EXCERPT) {
          count++;
        } else if (step == CycleFile.Step.FOREIGN || !file.skipDamage(0)) {
          return count;
        }
      }
    }
  }

  private List<String> readByTheLibrary() {
    List<String> excerpts = new ArrayList<>();
    try (ChronicleQueue queue =
            SingleChronicleQueueBuilder.binary(service.path.resolve(HomeLayout.QUEUE))
                .rollCycle(LegacyRollCycles.MINUTELY)
                .build();
        ExcerptTailer tailer = queue.createTailer()) {
      while (true) {
        try (DocumentContext document = tailer.readingDocument()) {
          if (!document.isPresent()) {
            return excerpts;
          }
          Bytes<?> bytes = document.wire().bytes();
          byte[] content = new byte[(int) bytes.readRemaining()];
          bytes.read(content);
          excerpts.add(HexFormat.of().formatHex(content));
        }
      }
    }
  }
}
