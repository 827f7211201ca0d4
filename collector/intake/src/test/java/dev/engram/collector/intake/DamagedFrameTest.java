package dev.engram.collector.intake;

import static dev.engram.collector.intake.CollectedHome.assertSettled;
import static dev.engram.collector.intake.CollectedHome.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.ring.Excerpt;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.memory.InMemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bit of what surrounds a record in the queue is damaged, no other record is lost. */
class DamagedFrameTest {
  private static final int PER_FILE = 5;
  private static final int RECORDS = 3 * PER_FILE + 2;
  private static final int FRAME_BITS = 8 * (Integer.BYTES + Excerpt.RECORD_OFFSET);
  private static final CopyOption[] AS_IT_IS = {
    StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING
  };

  @RegisterExtension final CollectedHome home = new CollectedHome();
  @TempDir Path kept;
  private ServiceFolder service;

  @Test
  void flippedBit_costsNoOtherRecord() throws IOException {
    flipEach(5);
  }

  @Test
  @Tag("full")
  void anyFlippedBit_costsNoOtherRecord() throws IOException {
    flipEach(1);
  }

  private void flipEach(int step) throws IOException {
    live();
    for (int file = 0; file < 3; file++) {
      for (int excerpt : new int[] {1, 2, PER_FILE}) {
        for (int bit = (file + excerpt) % step; bit < FRAME_BITS; bit += step) {
          verify(file, excerpt, bit);
        }
      }
    }
  }

  /** Three queue files, and two records in the ring. */
  private void live() throws IOException {
    service = home.startService();
    for (int file = 0; file < 3; file++) {
      home.offerSpans(1 + file * PER_FILE, PER_FILE);
      service.move();
      service.roll();
    }
    home.offerSpans(1 + 3 * PER_FILE, 2);
    service.die();
    copy(service.path, kept);
    PrivateFiles.remove(service.path);
  }

  private void verify(int file, int excerpt, int bit) throws IOException {
    String change = "file " + file + ", excerpt " + excerpt + ", bit " + bit;
    PrivateFiles.createFolders(service.path);
    copy(kept, service.path);
    flip(service.cycleFiles().get(file), excerpt, bit);
    InMemoryStore store = new InMemoryStore();
    try (Collector collector = Collector.open(home.path(), Set.of(), store, line -> {})) {
      collector.runOnce();
    }
    List<Long> others = new ArrayList<>(range(1, RECORDS));
    others.remove((Long) (long) (file * PER_FILE + excerpt));
    assertThat(spans(store)).as(change).doesNotHaveDuplicates().containsAll(others);
    assertThat(HomeLayout.instances(home.path())).as(change).isEmptyDirectory();
    assertSettled(store.reader().accounting().get(service.id()), RECORDS);
  }

  private static List<Long> spans(InMemoryStore store) {
    return store.reader().spans(new SpanFilter(0, 0, null, null, null, null, 0, 0, 0)).stream()
        .map(span -> span.row().spanId())
        .toList();
  }

  private static void flip(Path file, int excerpt, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) place(file, excerpt) + bit / 8] ^= (byte) (1 << bit % 8);
    Files.write(file, bytes);
  }

  private static long place(Path file, int excerpt) throws IOException {
    try (CycleFile cycle = new CycleFile(file)) {
      for (int i = 0; i < excerpt; i++) {
        assertThat(cycle.next()).isEqualTo(CycleFile.Step.EXCERPT);
      }
      return cycle.place();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      all.filter(path -> !path.equals(from))
          .forEach(path -> copyOne(path, to.resolve(from.relativize(path))));
    }
  }

  private static void copyOne(Path from, Path to) {
    try {
      Files.copy(from, to, AS_IT_IS);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
