package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.control.MalformedControlFileException;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.remedy.RemedyJudge;
import dev.engram.collector.analysis.remedy.RemedyLabel;
import dev.engram.collector.analysis.remedy.RemedyState;
import dev.engram.collector.analysis.remedy.RemedyTransitions;
import dev.engram.collector.intake.ToldRecords;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemedyFileTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final String ACTION = Remedy.retry("method a.B#c");

  @TempDir private Path folder;
  private final List<String> lines = new ArrayList<>();
  private SqliteStore store;
  private RemedyFile file;
  private Instant now = NOON;
  private long attempted;
  private boolean storing = true;
  private long position;
  private Duration looksTake = Duration.ZERO;

  @BeforeEach
  void open() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    store = SqliteStore.open(SqliteStore.fileIn(folder));
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1", nanos(), 0, Map.of()));
    file = anotherCollector();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void nothingAttempted_makesNoFile() {
    file.refresh();

    assertThat(path().getParent()).doesNotExist();
    assertThat(lines).isEmpty();
  }

  @Test
  void failureThatRepeats_isToBeTried_byAFileOfItsOwnersAlone_thatSoonExpires() throws Exception {
    attempts(3, "observed", "failed");
    file.refresh();

    assertThat(Files.getPosixFilePermissions(path()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(read().expires()).isEqualTo(now.plus(RemedyFile.HOLDS));
    assertThat(read().remedies())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.action()).isEqualTo(ACTION);
              assertThat(it.fingerprint()).isEqualTo(7);
              assertThat(it.state()).isEqualTo(Remedy.State.TRIAL);
              assertThat(it.share()).isEqualTo(0.5);
            });
  }

  @Test
  void remedyThatRunsNothingAgain_hasNoRuns_andOneOfAnUnknownKindIsNotWritten() throws Exception {
    attempts(3, Remedy.Kind.FALLBACK.at("method a.B#c"), "observed", "failed");
    attempts(3, "of-tomorrow method a.B#c", "observed", "failed");
    file.refresh();

    assertThat(read().remedies())
        .singleElement()
        .returns(Remedy.Kind.FALLBACK, Remedy::kind)
        .returns(1, Remedy::attempts)
        .returns(0, Remedy::capMillis);
    assertThat(Files.readString(path())).doesNotContain("attempts");
  }

  /** An application may pass on what its users rate, with whatever they say that it is about. */
  @Test
  void remedyThatWaitsForAPerson_isTriedWhenOneHasSaidSo_notWhenAServiceHas() throws Exception {
    String breaker = Remedy.Kind.BREAKER.at("http a:80");
    String label = RemedyLabel.of(breaker, 7);
    attempts(3, "observed", "failed");
    attempts(3, breaker, "observed", "failed");
    write(List.of(new FeedbackRow(++position, nanos(), "remedy", label, "approve", 1, "", null)));
    file.refresh();
    assertThat(read().remedies()).extracting(Remedy::action).containsExactly(ACTION);

    approve(label);
    file.refresh();
    assertThat(read().remedies()).extracting(Remedy::action).contains(breaker);
  }

  /** Else it would count again when the failures are forgotten, after a deploy or a week. */
  @Test
  void withdrawal_isRememberedForGood_whereItUsesUpAnApproval() throws Exception {
    approve(RemedyLabel.of(ACTION, 7));
    attempts(15, "treated", "failed");
    file.refresh();
    takeTold();
    assertThat(said()).containsExactly(RemedyJudge.APPROVE, RemedyJudge.WITHDRAWN);

    pass(Duration.ofHours(2));
    attempts(15, "treated", "failed");
    file.refresh();
    takeTold();
    assertThat(decisions().get(0).row().chosen()).isEqualTo("withdrawn");
    assertThat(said()).as("there was nothing to use up").hasSize(2);
  }

  private List<String> said() {
    return store.reader().knowledge().stream().map(KnowledgeRow::property).toList();
  }

  private void approve(String label) throws IOException {
    Map<String, String> said = Map.of(RemedyJudge.APPROVE, "");
    ToldRecords.knowledge(folder, nanos(), KnowledgeRow.REMEDY, label, said, "ada");
    takeTold();
  }

  @Test
  void callOfAnotherService_isGivenMoreTimeAtFirst_thanWhatIsInTheService() throws Exception {
    attempts(3, "observed", "failed");
    attempts(3, Remedy.retry("http prices.example:443"), "observed", "failed");
    attempts(3, Remedy.retry("ai api.example:443"), "observed", "failed");
    file.refresh();

    assertThat(read().remedies())
        .extracting(it -> it.action().split(" ")[1] + " " + it.baseMillis())
        .containsExactlyInAnyOrder("method 100", "http 300", "ai 300");
  }

  @Test
  void file_isRenewedInTime_withARisingSerial_butNotMoreOftenThanNeeded() throws Exception {
    attempts(3, "observed", "failed");
    file.refresh();
    Remedies first = read();
    pass(Duration.ofSeconds(1));
    file.refresh();
    assertThat(read()).isEqualTo(first);

    pass(RemedyFile.RENEWED_AFTER);
    file.refresh();
    assertThat(read().serial()).isGreaterThan(first.serial());
    assertThat(read().expires()).isEqualTo(now.plus(RemedyFile.HOLDS));
  }

  @Test
  void collectorThatFollows_hasAHigherSerial_alsoWhereTheClockWasSetBack() throws Exception {
    attempts(3, "observed", "failed");
    file.refresh();
    long first = read().serial();
    now = now.minusSeconds(10);

    anotherCollector().refresh();

    assertThat(read().serial()).isGreaterThan(first);
  }

  @Test
  void fileThatSomebodySpoilt_isWrittenAnew() throws Exception {
    attempts(3, "observed", "failed");
    file.refresh();
    Files.write(path(), new byte[] {(byte) 0xff});
    pass(RemedyFile.RENEWED_AFTER);
    file.refresh();

    assertThat(read().remedies()).hasSize(1);
    assertThat(lines).isEmpty();
  }

  /** Services take none that is lower than what they have: it would be the end of healing. */
  @Test
  void fileThatSomebodyGaveTheHighestSerial_isFollowedByOneThatServicesTake() throws Exception {
    attempts(3, "observed", "failed");
    file.refresh();
    String highest = "\"serial\": " + Remedies.HIGHEST_SERIAL;
    Files.writeString(path(), Files.readString(path()).replaceFirst("\"serial\": \\d+", highest));
    pass(RemedyFile.RENEWED_AFTER);
    file.refresh();

    assertThat(read().serial()).isEqualTo(Remedies.HIGHEST_SERIAL);
    assertThat(read().expires()).isEqualTo(now.plus(RemedyFile.HOLDS));
  }

  @Test
  void remedyThatHelps_isForAll_andOneThatIsWithdrawn_isWrittenNoMore() throws Exception {
    attempts(10, "treated", "resolved");
    file.refresh();
    assertThat(read().remedies()).extracting(Remedy::state).containsExactly(Remedy.State.ACTIVE);

    attempts(15, "treated", "failed");
    file.refresh();
    assertThat(read().remedies()).isEmpty();
  }

  @Test
  void transitions_areDecisions_eachOnce_alsoWhenAnotherCollectorFollows() {
    attempts(3, "observed", "failed");
    file.refresh();
    attempts(10, "treated", "resolved");
    file.refresh();
    file.refresh();
    takeTold();
    assertThat(decisions())
        .as("the trial was over before anybody looked")
        .extracting(it -> it.row().chosen())
        .containsExactly("active", "trial");
    assertThat(decisions())
        .extracting(it -> it.row().attributes().get(RemedyDecisions.FROM))
        .containsExactly("trial", "observed");

    attempts(15, "treated", "failed");
    file.refresh();
    takeTold();
    assertThat(decisions())
        .extracting(it -> it.row().chosen())
        .containsExactly("withdrawn", "active", "trial");
    StoredDecision withdrawn = decisions().get(0);
    assertThat(withdrawn.service()).isEqualTo("engram");
    assertThat(withdrawn.row().attributes())
        .containsEntry(RemedyDecisions.ACTION, ACTION)
        .containsEntry(RemedyTransitions.VERSIONS, "shop 1")
        .containsEntry(RemedyDecisions.FROM, "active");
    assertThat(withdrawn.row().reasoning().get(0)).startsWith("Withdrawn: ");

    pass(Duration.ofDays(8));
    file.refresh();
    takeTold();
    assertThat(decisions().get(0).row().chosen()).isEqualTo(RemedyDecisions.EXPIRED);
  }

  /** What is looked at begins a week ago; a transition may be older. */
  @Test
  void remedyThatIsActiveForLong_isSoSinceItBecameSo_andIsNotToldAgain() {
    attempts(10, "treated", "resolved");
    file.refresh();
    takeTold();
    long became = decisions().get(0).row().timeEpochNanos();
    for (int day = 1; day <= 20; day++) {
      pass(Duration.ofDays(1));
      attempts(10, "treated", "resolved");
    }
    file.refresh();
    takeTold();

    assertThat(decisions()).extracting(it -> it.row().chosen()).containsExactly("active", "trial");
    assertThat(RemedyJudge.find(store.reader(), nanos()))
        .singleElement()
        .returns(RemedyState.ACTIVE, JudgedRemedy::state)
        .returns(became, JudgedRemedy::since);
  }

  @Test
  void transition_isWhatBecameOfTheOneBefore() {
    attempts(1, "treated", "resolved");
    file.refresh();
    takeTold();
    attempts(9, "treated", "resolved");
    file.refresh();
    takeTold();
    assertThat(outcomes()).containsExactly("trial success");

    attempts(15, "treated", "failed");
    file.refresh();
    takeTold();
    assertThat(outcomes()).containsExactly("trial success", "active failure");
    pass(Duration.ofDays(8));
    file.refresh();
    takeTold();
    assertThat(decisions().get(0).row().chosen()).isEqualTo(RemedyDecisions.EXPIRED);
    assertThat(outcomes()).as("nothing was done any more").hasSize(2);
  }

  /** Each with what had been chosen. */
  private List<String> outcomes() {
    Map<String, String> chosen = new HashMap<>();
    decisions().forEach(it -> chosen.put(SpanIds.hex(it.row().decisionId()), it.row().chosen()));
    return store.reader().outcomes(0).stream()
        .map(it -> chosen.get(it.row().targetId()) + " " + it.row().label())
        .toList();
  }

  /** Else the file would expire while it rests, and healing would go on and off. */
  @Test
  void slowStore_isAskedSeldom_whileTheFileIsRenewedInTime() throws Exception {
    looksTake = Duration.ofSeconds(3);
    attempts(3, "observed", "failed");
    file.refresh();
    Remedies first = read();
    attempts(10, "treated", "resolved");
    pass(RemedyFile.RENEWED_AFTER);
    file.refresh();

    assertThat(read().serial()).isGreaterThan(first.serial());
    assertThat(read().expires()).isEqualTo(now.plus(RemedyFile.HOLDS));
    assertThat(read().remedies()).isEqualTo(first.remedies());

    pass(looksTake.multipliedBy(19));
    file.refresh();
    assertThat(read().remedies()).extracting(Remedy::state).containsExactly(Remedy.State.ACTIVE);
  }

  /** As on two hosts that share one PostgreSQL. */
  @Test
  void transition_thatAnotherHostHasTold_isNotToldAgain() {
    RemedyFile ofAnotherHost = anotherCollector();
    attempts(3, "observed", "failed");
    file.refresh();
    ofAnotherHost.refresh();
    attempts(10, "treated", "resolved");
    file.refresh();
    takeTold();
    ofAnotherHost.refresh();
    takeTold();

    assertThat(decisions()).extracting(it -> it.row().chosen()).containsExactly("active", "trial");
  }

  @Test
  void storeThatCannotBeAskedForLong_isSaidOnce_andNothingIsRenewed() throws Exception {
    attempts(3, "observed", "failed");
    file.refresh();
    Remedies before = read();
    store.close();
    attempted++;
    pass(RemedyFile.RENEWED_AFTER);
    file.refresh();
    assertThat(lines).as("the collector says it first").isEmpty();
    file.refresh();
    file.refresh();

    assertThat(read()).isEqualTo(before);
    assertThat(lines).singleElement().asString().contains("is not brought up to date now");
    store = SqliteStore.open(SqliteStore.fileIn(folder));
  }

  /** It can be asked, but nobody would notice that a remedy does harm. */
  @Test
  void storeThatTakesNothing_hasRemediesEndByThemselves() throws Exception {
    attempts(3, "observed", "failed");
    file.refresh();
    Remedies before = read();
    storing = false;
    attempts(1, "observed", "failed");
    pass(RemedyFile.RENEWED_AFTER);
    file.refresh();
    assertThat(read()).isEqualTo(before);

    storing = true;
    file.refresh();
    assertThat(read().serial()).isGreaterThan(before.serial());
  }

  private List<StoredDecision> decisions() {
    return store.reader().decisions(new DecisionFilter(0, 0, null, RemedyTransitions.NAME, 0, 0));
  }

  /** As a collector does; the next one follows. */
  private void takeTold() {
    store.close();
    try (CollectorServer server = CollectorServer.open(home(), Set.of(), lines::add)) {
      server.takeTold();
    }
    store = SqliteStore.open(SqliteStore.fileIn(folder));
    file = anotherCollector();
  }

  private RemedyFile anotherCollector() {
    return new RemedyFile(
        home(),
        slowReader(),
        () -> attempted,
        () -> storing,
        new Clock() {
          @Override
          public Instant instant() {
            return now;
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        },
        this::nanos,
        lines::add);
  }

  /** Of the store as it is open now. */
  private StoreReader slowReader() {
    return (StoreReader)
        Proxy.newProxyInstance(
            StoreReader.class.getClassLoader(),
            new Class<?>[] {StoreReader.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("remedyAttempts")) {
                pass(looksTake);
              }
              try {
                return method.invoke(store.reader(), arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private Home home() {
    return new Home(folder);
  }

  private Path path() {
    return HomeLayout.remedies(folder);
  }

  private Remedies read() throws IOException, MalformedControlFileException {
    return Remedies.parse(Files.readString(path()));
  }

  private void attempts(int count, String arm, String result) {
    attempts(count, ACTION, arm, result);
  }

  private void attempts(int count, String action, String arm, String result) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pass(Duration.ofMillis(1));
      position++;
      rows.add(
          new RemedyAttemptRow(
              position, nanos(), new TraceId(1, position), 1, action, arm, 7, 2, result, 5));
    }
    write(rows);
  }

  private void write(List<Row> rows) {
    Checkpoint end = new Checkpoint(position, position, 0);
    store.writer().write(new Batch(INSTANCE, rows, end, rows.size(), 0, 0, Map.of()));
    attempted++;
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private long nanos() {
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
