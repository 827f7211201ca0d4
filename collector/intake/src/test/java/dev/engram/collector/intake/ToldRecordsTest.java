package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.engram.agent.record.FeedbackRecord;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.InstanceState;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.StoredFeedback;
import dev.engram.collector.store.StoredOutcome;
import dev.engram.collector.store.memory.InMemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToldRecordsTest {
  @TempDir private Path folder;

  private final InMemoryStore store = new InMemoryStore();
  private final List<String> lines = new ArrayList<>();
  private Path home;
  private Collector collector;

  @BeforeEach
  void open() throws IOException {
    home = folder.resolve("home");
    collector = Collector.open(home, Set.of(), store, lines::add);
  }

  @AfterEach
  void close() {
    collector.close();
    store.close();
  }

  @Test
  void whatWasTold_isStored_andItsFilesAreGone() throws IOException {
    Path outcome = ToldRecords.outcome(home, 100, "order_id", "4711", "success", 30, "ada", "paid");
    ToldRecords.feedback(home, 200, "trace", "abc", "helpful", 1, null, null);
    assertThat(outcome).exists();

    collector.takeTold();

    assertThat(outcomes())
        .containsExactly(
            new OutcomeRow(100, 100, "key", "order_id", "4711", "success", 30, "ada", "paid"));
    assertThat(store.reader().feedback(0))
        .extracting(StoredFeedback::row)
        .containsExactly(new FeedbackRow(200, 200, "trace", "abc", "helpful", 1, null, null));
    assertThat(left()).isEmpty();
    assertThat(lines).isEmpty();
    assertBooks(2, 0);
  }

  @Test
  void numbersRise_thoughTheClockGoesBack_andThoughEarlierOnesWereTaken() throws IOException {
    tell(100, "a");
    collector.takeTold();
    tell(50, "b");
    tell(50, "c");
    collector.takeTold();

    assertThat(outcomes()).extracting(OutcomeRow::targetId).containsExactly("b", "c", "a");
    assertThat(outcomes()).extracting(OutcomeRow::position).containsExactly(101L, 102L, 100L);
    assertBooks(3, 0);
  }

  /** As after a kill between the commit and the removal of the files. */
  @Test
  void filesThatAreTakenTwice_areStoredOnce() throws IOException {
    Path first = tell(100, "a");
    Path second = tell(101, "b");
    byte[] bytes = Files.readAllBytes(first);
    byte[] others = Files.readAllBytes(second);
    collector.takeTold();
    Files.write(first, bytes);
    Files.write(second, others);
    tell(102, "c");

    collector.takeTold();

    assertThat(outcomes()).extracting(OutcomeRow::targetId).containsExactly("a", "b", "c");
    assertThat(left()).isEmpty();
    assertBooks(3, 0);
  }

  @Test
  void whatIsNoRecord_isKeptInQuarantine_andKeepsNothingElseBack() throws IOException {
    tell(100, "a");
    Path bad = tell(101, "b");
    tell(102, "c");
    Files.write(bad, new byte[] {1, 2, 3});

    collector.takeTold();

    assertThat(outcomes()).extracting(OutcomeRow::targetId).containsExactly("a", "c");
    assertThat(left()).isEmpty();
    assertThat(home.resolve(HomeLayout.QUARANTINE).resolve("told-" + bad.getFileName()))
        .hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(lines).singleElement().asString().contains("is kept as");
    assertBooks(3, 1);
  }

  @Test
  void secrets_areHiddenAsInAService_byTheMasksOfTheHomeToo() throws IOException {
    Files.writeString(
        home.resolve("engram.properties"),
        "redact.keys = iban, nickname\nengram.redact.allow=order_token\n");

    ToldRecords.outcome(home, 100, "order_token", "4711", "success", 1, "ada", "password=s3cr3t");
    ToldRecords.outcome(home, 101, "iban", "DE89370400440532013000", "success", 1, null, null);
    ToldRecords.feedback(
        home, 102, "key", "iban=DE89370400440532013000", null, 1, "ada", "4111 1111 1111 1111");
    collector.takeTold();

    assertThat(outcomes())
        .extracting(OutcomeRow::key, OutcomeRow::targetId, OutcomeRow::comment)
        .containsExactly(
            tuple("order_token", "4711", "password=[redacted]"), tuple("iban", "[redacted]", null));
    assertThat(store.reader().feedback(0))
        .extracting(it -> it.row().targetId(), it -> it.row().comment())
        .containsExactly(tuple("iban=[redacted]", "[redacted]"));
  }

  @Test
  void whatWasSaidOfAnError_isKnowledge_eachPropertyOnce_withoutSecrets() throws IOException {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("name", "password=s3cr3t");
    said.put("merged", "4111111111111111");
    Path last = ToldRecords.knowledge(home, 100, "error", "00000000000000ab", said, "ada");
    ToldRecords.knowledge(home, 50, "solution", "S-1", Map.of("remedy", "more"), null);
    assertThat(last).exists();

    collector.takeTold();
    collector.takeTold();

    assertThat(store.reader().knowledge())
        .containsExactly(
            new KnowledgeRow(102, 50, "solution", "S-1", "remedy", "more", null),
            new KnowledgeRow(
                100, 100, "error", "00000000000000ab", "name", "password=[redacted]", "ada"),
            new KnowledgeRow(
                101, 100, "error", "00000000000000ab", "merged", "4111111111111111", "ada"));
    assertThat(store.reader().feedback(0)).isEmpty();
    assertThat(left()).isEmpty();
    assertBooks(3, 0);
  }

  @Test
  void whatDoesNotSayWhatItSays_isMalformed() throws IOException {
    ToldRecords.feedback(home, 100, "error", "00000000000000ab", null, 1, "ada", "what?");
    collector.takeTold();

    assertThat(store.reader().knowledge()).isEmpty();
    assertBooks(1, 1);
  }

  /** A user of the application must not hide its errors, nor have a remedy tried. */
  @ParameterizedTest
  @CsvSource({"error, 00000000000000ab, ignored", "remedy, R-0000000000ab, approve"})
  void feedbackOfAService_isNoKnowledge(String target, String id, String label) {
    FeedbackRecord rated = new FeedbackRecord(1, target, id, label, 1, "mallory", null);

    InstanceId service = new InstanceId(new UUID(1, 1));
    KnownStacks stacks = new KnownStacks(service, store.reader());

    assertThat(new RowMapper(service, name -> true, stacks).map(7, rated))
        .isInstanceOf(FeedbackRow.class);
  }

  @Test
  void settingsThatOthersMayHaveWritten_areNotUsed_andNothingIsToldWithoutThem()
      throws IOException {
    Path settings = Files.writeString(home.resolve("engram.properties"), "redact.allow=*");
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThatThrownBy(() -> tell(100, "a"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(settings.toString());
  }

  @Test
  void manyWhoTellAtOnce_loseNothing_whileItIsTaken() {
    try (var threads = new Closing(Executors.newFixedThreadPool(4))) {
      List<CompletableFuture<Void>> telling = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String name = "t" + i + "-";
        telling.add(CompletableFuture.runAsync(() -> tellMany(name), threads.executor()));
      }
      while (!telling.stream().allMatch(CompletableFuture::isDone)) {
        collector.takeTold();
      }
      telling.forEach(CompletableFuture::join);
    }
    collector.takeTold();

    assertThat(outcomes()).extracting(OutcomeRow::targetId).hasSize(100).doesNotHaveDuplicates();
    assertBooks(100, 0);
  }

  @Test
  void instanceThatStandsForThem_hasEnded() throws IOException {
    tell(100, "a");
    collector.takeTold();

    assertThat(store.reader().instances())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.service()).isEqualTo("engram");
              assertThat(it.state()).isEqualTo(InstanceState.ENDED);
            });
  }

  @Test
  void whatOthersMayHaveLeft_isSetAsideWithALineEach_andKeepsNothingElseBack() throws IOException {
    tell(100, "a");
    Path foreign = tell(101, "b");
    Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-rw-rw-"));
    Path link = foreign.resolveSibling("0000000000000000102");
    Files.createSymbolicLink(link, Files.createFile(folder.resolve("elsewhere")));
    Path folderInItsPlace = foreign.resolveSibling("0000000000000000103");
    Files.createDirectory(folderInItsPlace, PrivateFiles.FOLDER);
    tell(200, "c");

    collector.takeTold();
    collector.takeTold();

    assertThat(outcomes()).extracting(OutcomeRow::targetId).containsExactly("a", "c");
    assertThat(left()).isEmpty();
    Path quarantine = home.resolve(HomeLayout.QUARANTINE);
    assertThat(quarantine.resolve("told-" + foreign.getFileName())).exists();
    assertThat(quarantine.resolve("told-" + link.getFileName())).isSymbolicLink();
    assertThat(quarantine.resolve("told-" + folderInItsPlace.getFileName())).isDirectory();
    assertThat(lines)
        .hasSize(3)
        .allMatch(line -> line.contains("it is kept as"))
        .anyMatch(line -> line.contains("may be written by others"));
    assertBooks(2, 0);
  }

  @Test
  void folderThatOthersMayWrite_isNotRead_whichIsSaidOnce() throws IOException {
    tell(100, "a");
    Path told = home.resolve(HomeLayout.TOLD);
    Files.setPosixFilePermissions(told, PosixFilePermissions.fromString("rwxrwxrwx"));

    collector.takeTold();
    collector.takeTold();

    assertThat(outcomes()).isEmpty();
    assertThat(left()).hasSize(1);
    assertThat(lines).singleElement().asString().contains("it is tried again");

    Files.setPosixFilePermissions(told, PosixFilePermissions.fromString("rwx------"));
    collector.takeTold();
    assertThat(outcomes()).hasSize(1);
  }

  @Test
  void collector_goesOnWhileSomebodyHoldsTheFolder() throws Exception {
    tell(100, "a");
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (var threads = new Closing(Executors.newFixedThreadPool(1))) {
      var holding = CompletableFuture.runAsync(() -> hold(held, over), threads.executor());
      held.await();
      Thread running = new Thread(collector::run);
      running.start();
      try {
        Awaitility.await().until(() -> running.getState() == Thread.State.TIMED_WAITING);
        assertThat(outcomes()).isEmpty();
        over.countDown();
        holding.join();
        Awaitility.await().until(() -> outcomes().size() == 1);
      } finally {
        over.countDown();
        collector.stop();
        running.join();
      }
    }
  }

  @Test
  void fileWhoseNumberIsTooLarge_isNone() throws IOException {
    tell(100, "a");
    Files.write(home.resolve(HomeLayout.TOLD).resolve("9".repeat(19)), new byte[] {1});
    Files.writeString(home.resolve(HomeLayout.TOLD).resolve("last"), "9".repeat(19));
    tell(101, "b");

    collector.takeTold();

    assertThat(outcomes()).extracting(OutcomeRow::targetId).containsExactly("a", "b");
  }

  private void hold(CountDownLatch held, CountDownLatch over) {
    try {
      new ToldFolder(home)
          .locked(
              () -> {
                held.countDown();
                Awaitility.await().until(() -> over.getCount() == 0);
                return over;
              });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private record Closing(java.util.concurrent.ExecutorService executor) implements AutoCloseable {
    @Override
    public void close() {
      executor.shutdown();
    }
  }

  private void tellMany(String name) {
    try {
      for (int i = 0; i < 25; i++) {
        tell(1_000, name + i);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path tell(long now, String id) throws IOException {
    return ToldRecords.outcome(home, now, "id", id, "success", Double.NaN, null, null);
  }

  private List<OutcomeRow> outcomes() {
    return store.reader().outcomes(0).stream().map(StoredOutcome::row).toList();
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(HomeLayout.TOLD))) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9]{19}")).toList();
    }
  }

  private void assertBooks(long read, long malformed) {
    Accounting books = store.reader().accounting().values().iterator().next();
    assertThat(books.read()).isEqualTo(read);
    assertThat(books.malformed()).isEqualTo(malformed);
    assertThat(books.decoded()).isEqualTo(read - malformed);
    assertThat(books.stored()).isEqualTo(read - malformed);
    assertThat(books.producer().offered()).isEqualTo(read);
    assertThat(books.producer().queued()).isEqualTo(read);
  }
}
