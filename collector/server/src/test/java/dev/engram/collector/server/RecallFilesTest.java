package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.control.MalformedControlFileException;
import dev.engram.agent.record.control.RecallFile;
import dev.engram.agent.record.control.Recollection;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecallFilesTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir private Path home;
  private final InMemoryStore store = new InMemoryStore();
  private final List<String> lines = new ArrayList<>();
  private Instant now = NOON;
  private long learned;
  private long erred;
  private int reads;
  private long position;
  private RecallFiles files;

  @BeforeEach
  void open() throws IOException {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    files = files(home);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void nothingLearned_makesNoFolder() {
    files.refresh();
    files.lookAnyway();
    files.refresh();

    assertThat(home).isEmptyDirectory();
  }

  @Test
  void whatWasLearned_isInTheServicesOwnFile_whichIsItsOwnersAlone() throws Exception {
    service("shop");
    write(decision(0x11, "fast"), feedback(0x11));
    files.refresh();

    assertThat(Files.getPosixFilePermissions(home.resolve("recall")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(file("shop")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    RecallFile read = read("shop");
    assertThat(read.expires()).isAfter(NOON.plus(Duration.ofDays(7)));
    assertThat(read.recollections())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.kind()).isEqualTo(Recollection.DECISION);
              assertThat(it.name()).isEqualTo("route");
              assertThat(it.id()).isEqualTo("0000000000000011");
              assertThat(it.answer()).isEqualTo("fast");
              assertThat(it.inputHash()).isEqualTo("00000000000000aa");
              assertThat(it.time()).isEqualTo(NOON);
              assertThat(it.outcome()).isEqualTo("unknown");
              assertThat(it.feedback())
                  .containsExactly(new Recollection.Judgement("helpful", 1, "ada", null));
            });
    assertThat(lines).isEmpty();
  }

  @Test
  void nothingNew_isNotWrittenAgain_butOnceADay() throws IOException {
    service("shop");
    write(decision(0x11, "fast"));
    files.refresh();
    Object first = Files.readAttributes(file("shop"), "fileKey").get("fileKey");
    now = now.plus(Duration.ofHours(1));
    files.lookAnyway();
    files.refresh();
    assertThat(Files.readAttributes(file("shop"), "fileKey").get("fileKey")).isEqualTo(first);

    Files.delete(file("shop"));
    now = now.plus(Duration.ofDays(1));
    files.refresh();
    assertThat(file("shop")).exists();
  }

  @Test
  void outcomeThatFollowsByItself_isLookedFor() throws Exception {
    service("shop");
    write(decision(0x11, "fast"));
    files.refresh();
    learned--;
    write(feedback(0x11));

    now = now.plusSeconds(1);
    files.refresh();
    assertThat(read("shop").recollections().get(0).feedback()).isEmpty();

    now = now.plusSeconds(10);
    files.refresh();
    assertThat(read("shop").recollections().get(0).feedback()).hasSize(1);
  }

  @Test
  void serviceThatIsNoFileName_isLeftOut() {
    service("../../etc/passwd");
    write(decision(0x11, "fast"));
    files.refresh();

    assertThat(home).isEmptyDirectory();
  }

  @Test
  void hostileValues_areCut_soThatAgentsTakeTheFile() throws Exception {
    service("shop");
    write(
        new DecisionRow(
            ++position,
            NOON.getEpochSecond() * 1_000_000_000L,
            0x12,
            TraceId.NONE,
            0,
            "n".repeat(5_000),
            List.of(),
            "a\u001b[2J\"" + "\ud83d".repeat(5_000),
            7,
            "stated",
            List.of(),
            Map.of("engram.decision.input.hash", "h".repeat(5_000))));
    files.refresh();

    assertThat(read("shop").recollections()).hasSize(1);
  }

  @Test
  void file_isBounded_andKeepsTheLatest() throws Exception {
    service("shop");
    for (int i = 0; i < 900; i++) {
      write(named("route " + i, i, "x".repeat(900)));
    }
    files.refresh();

    assertThat(Files.size(file("shop"))).isLessThanOrEqualTo(RecallFile.MAX_LENGTH);
    List<Recollection> read = read("shop").recollections();
    assertThat(read).hasSizeGreaterThan(100);
    assertThat(read.get(0).name()).isEqualTo("route 899");
  }

  @Test
  void whatIsKnownAgainstAnError_isInTheFileOfTheServiceThatHasIt_onceItIsNew() throws Exception {
    service("shop");
    write(error(0x2a, "java.lang.NumberFormatException", "no number"));
    files.refresh();

    Recollection shipped = recollections("shop").get(0);
    assertThat(shipped.kind()).isEqualTo(Recollection.ERROR);
    assertThat(shipped.name()).isEqualTo("000000000000002a");
    assertThat(shipped.id()).isEqualTo("S-number-format");
    assertThat(shipped.input()).isEqualTo("java.lang.NumberFormatException: no number");
    assertThat(shipped.answer()).startsWith("Validate where the text enters");
    assertThat(shipped.outcome()).isEqualTo("unknown");
    assertThat(shipped.confidence()).isNaN();

    write(said("worked", "000000000000002a"));
    files.refresh();
    assertThat(recollections("shop").get(0).outcome()).isEqualTo("unknown");

    erred++;
    files.refresh();
    assertThat(recollections("shop").get(0).outcome()).isEqualTo("success");
    assertThat(recollections("shop").get(0).confidence()).isEqualTo(1);
  }

  @Test
  void withdrawnSolution_isGoneAtOnce_alsoWhenItWasWrittenByAnEarlierProcess() throws Exception {
    service("shop");
    write(error(0x2a, "com.acme.Full", "no room"));
    write(of("S-room", "remedy", "buy a bigger shelf"), of("S-room", "error", "000000000000002a"));
    files.refresh();
    assertThat(recollections("shop").get(0).id()).isEqualTo("S-room");

    write(of("S-room", "error", "000000000000002b"));
    files = files(home);
    files.lookAnyway();
    files.refresh();
    assertThat(file("shop")).doesNotExist();

    write(of("S-room", "error", "000000000000002a"));
    erred++;
    files.refresh();
    assertThat(recollections("shop").get(0).id()).isEqualTo("S-room");
    write(of("S-room", "error", "000000000000002b"));
    erred++;
    files.refresh();
    assertThat(file("shop")).doesNotExist();
  }

  @Test
  void fileOfAServiceThatHasNoLatestAnswers_keepsItsAnswers_withoutWithdrawnSolutions()
      throws Exception {
    service("shop");
    write(decision(0x11, "fast"), error(0x2a, "java.lang.NumberFormatException", "no number"));
    files.refresh();
    RecallFile before = read("shop");
    assertThat(before.recollections()).hasSize(2);
    Path other = home.resolve("recall").resolve("quiet.json");
    Files.copy(file("shop"), other);
    Path useless = Files.writeString(home.resolve("recall").resolve("useless.json"), "{");

    learned++;
    files.refresh();

    assertThat(read("shop")).isEqualTo(before);
    RecallFile kept = read("quiet");
    assertThat(kept.expires()).isEqualTo(before.expires());
    assertThat(kept.recollections())
        .singleElement()
        .satisfies(it -> assertThat(it.answer()).isEqualTo("fast"));
    assertThat(useless).doesNotExist();
  }

  @Test
  void homeThatCannotBeUsed_costsOneLine() throws IOException {
    service("shop");
    write(decision(0x11, "fast"));
    Path noFolder = Files.writeString(home.resolve("file"), "");
    RecallFiles broken = files(noFolder);
    broken.refresh();
    broken.refresh();
    assertThat(reads).isEqualTo(1);

    now = now.plusSeconds(10);
    broken.refresh();
    assertThat(reads).isEqualTo(2);
    assertThat(lines).singleElement().asString().contains("may recall is not brought up to date");
  }

  @Test
  void fileThatCannotBeRenewed_isTriedAgainLater() throws IOException {
    service("shop");
    write(decision(0x11, "fast"));
    files.refresh();
    Path recall = home.resolve("recall");
    Files.delete(file("shop"));
    Files.delete(recall);
    Files.writeString(recall, "");
    now = now.plus(Duration.ofDays(1));
    files.refresh();
    files.refresh();
    assertThat(reads).isEqualTo(2);

    Files.delete(recall);
    now = now.plusSeconds(10);
    files.refresh();
    assertThat(reads).isEqualTo(3);
    assertThat(file("shop")).exists();
  }

  private RecallFiles files(Path folder) {
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return now;
          }

          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    return new RecallFiles(
        new Home(folder), counted(), () -> learned, () -> erred, clock, lines::add);
  }

  /** The store's reader; each look into it asks for its latest decisions first. */
  private StoreReader counted() {
    StoreReader reader = store.reader();
    return (StoreReader)
        Proxy.newProxyInstance(
            StoreReader.class.getClassLoader(),
            new Class<?>[] {StoreReader.class},
            (proxy, method, arguments) -> {
              boolean first =
                  arguments != null
                      && arguments[0] instanceof DecisionFilter filter
                      && filter.limit() > 0;
              reads += first ? 1 : 0;
              return method.invoke(reader, arguments);
            });
  }

  private void service(String name) {
    store.writer().putInstance(new Instance(INSTANCE, name, "1", 0, 0, Map.of()));
  }

  private Path file(String service) {
    return home.resolve("recall").resolve(service + ".json");
  }

  private List<Recollection> recollections(String service) throws Exception {
    return read(service).recollections();
  }

  private RecallFile read(String service) throws IOException, MalformedControlFileException {
    return RecallFile.parse(Files.readString(file(service)));
  }

  private DecisionRow decision(long id, String chosen) {
    return named("route", id, chosen);
  }

  private DecisionRow named(String name, long id, String chosen) {
    return new DecisionRow(
        ++position,
        NOON.getEpochSecond() * 1_000_000_000L + (name.equals("route") ? 0 : id),
        id,
        TraceId.NONE,
        0,
        name,
        List.of(),
        chosen,
        0.9,
        "stated",
        List.of(),
        Map.of("engram.decision.input.hash", "00000000000000aa"));
  }

  private ExceptionRow error(long fingerprint, String type, String message) {
    return new ExceptionRow(
        INSTANCE,
        ++position,
        NOON.getEpochSecond() * 1_000_000_000L,
        TraceId.NONE,
        0,
        "escaped",
        "main",
        null,
        type,
        message,
        fingerprint,
        new ThrownStack(type, message, 0, List.of(), 0, null, List.of()));
  }

  private KnowledgeRow said(String property, String value) {
    return of("S-number-format", property, value);
  }

  private KnowledgeRow of(String solution, String property, String value) {
    long time = NOON.getEpochSecond() * 1_000_000_000L;
    return new KnowledgeRow(
        ++position, time, KnowledgeRow.SOLUTION, solution, property, value, "ada");
  }

  private FeedbackRow feedback(long decision) {
    return new FeedbackRow(
        ++position,
        NOON.getEpochSecond() * 1_000_000_000L,
        "decision",
        String.format("%016x", decision),
        "helpful",
        1,
        "ada",
        null);
  }

  private void write(Row... rows) {
    learned++;
    store
        .writer()
        .write(
            new Batch(
                INSTANCE,
                List.of(rows),
                new Checkpoint(position, position, 0),
                rows.length,
                0,
                0,
                Map.of()));
  }
}
