package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.HostIdentity;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceState;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.memory.InMemoryStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders are taken over, and what becomes of those that are not whole. */
class AdoptionTest {
  private static final HostIdentity HERE = HostIdentity.current();

  @TempDir Path home;
  private final InMemoryStore store = new InMemoryStore();
  private final List<String> lines = new ArrayList<>();
  private Territory territory = Territory.ofThisHost();
  private Clock clock = Clock.systemUTC();
  private ServiceFolder service;

  @BeforeEach
  void recordTenSpans() throws IOException {
    service = new ServiceFolder(home);
    for (long id = 1; id <= 10; id++) {
      service.offer(TestRecords.span(id));
    }
    service.move(4);
  }

  @AfterEach
  void closeService() throws IOException {
    service.close();
  }

  @Test
  void heldLockWithAnOldHeartbeat_isNeverAdopted() throws Exception {
    clock = Clock.offset(clock, Duration.ofHours(1));

    collect();

    assertTailedOnly();
    assertThat(books().producer().inRing()).isEqualTo(6);
    assertThat(lines).isEmpty();
  }

  @Test
  void pidThatBelongsToAnotherProcessNow_doesNotKeepAnInstanceAlive() throws Exception {
    describe(HERE.host(), HERE.bootId(), ProcessHandle.current().pid());
    service.die();

    collect();

    assertAdopted();
  }

  @Test
  void earlierBoot_isAdopted() throws Exception {
    describe(HERE.host(), "before", 1);
    service.die();

    collect();

    assertAdopted();
  }

  /** Such as another virtual machine of the same name. */
  @Test
  void otherBootWithAFreshHeartbeat_isLeftAlone_untilItIsOld() throws Exception {
    describe(HERE.host(), "another", 1);
    service.close();

    collect();

    assertUntouched();
    assertThat(lines).singleElement().asString().contains("its heartbeat is fresh");
    clock = Clock.offset(clock, Duration.ofMinutes(1));
    collect();
    assertAdopted();
  }

  @Test
  void otherBootWhoseLockIsHeld_isNeverAdopted() throws Exception {
    describe(HERE.host(), "another", 1);
    clock = Clock.offset(clock, Duration.ofHours(1));

    collect();

    assertTailedOnly();
  }

  @Test
  void containerOfThisKernel_isAdoptedWhenItsLockIsFree_notBefore() throws Exception {
    describe("container", HERE.bootId(), 1);
    clock = Clock.offset(clock, Duration.ofHours(1));
    collect();
    assertTailedOnly();
    service.die();

    collect();

    assertAdopted();
  }

  @Test
  void otherHost_isLeftAlone_withOneLineThatSaysWhatToDo() throws Exception {
    describe("far", "elsewhere", 1);
    service.die();

    collect();

    assertUntouched();
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("recorded on far", "engram collect --adopt-host far");
  }

  @Test
  void otherHostThatIsGoneForGood_isAdopted() throws Exception {
    describe("far", "elsewhere", 1);
    service.die();
    territory = new Territory(HERE, Set.of("far"));

    collect();

    assertAdopted();
  }

  @Test
  void otherHostThatWasNamedByMistake_isLeftAloneWhileItBeats() throws Exception {
    describe("far", "elsewhere", 1);
    service.close();
    territory = new Territory(HERE, Set.of("far"));

    collect();

    assertUntouched();
    assertThat(lines).singleElement().asString().contains("far", "its heartbeat is fresh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"instance_id\": 12", "{}", "null", "\0\0\0\0"})
  void damagedDescription_isKept_andTheRecordsAreStored(String content) throws Exception {
    service.die();
    age(Files.writeString(description(), content));

    collect();

    assertStored();
    assertThat(HomeLayout.instances(home)).isEmptyDirectory();
    assertThat(stored().service()).isEqualTo("shop");
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("instance.json", "what could be read is stored", "kept");
    assertThat(quarantine().resolve(HomeLayout.INSTANCE_FILE)).hasContent(content);
  }

  @Test
  void missingDescription_isSaid_andTheRecordsAreStored() throws Exception {
    service.die();
    Files.delete(description());

    collect();

    assertStored();
    assertThat(HomeLayout.instances(home)).isEmptyDirectory();
    assertThat(lines).singleElement().asString().contains("instance.json is missing");
  }

  @Test
  void descriptionThatIsLostLater_leavesWhatTheStoreKnows() throws Exception {
    collect();
    service.die();
    age(Files.writeString(description(), ""));

    collect();

    assertStored();
    assertThat(stored().attributes()).containsEntry("host.name", HERE.host());
    assertThat(stored().startedEpochNanos()).isEqualTo(1000);
  }

  @Test
  void damagedDescriptionOfALiveInstance_isTailed_notAdopted() throws Exception {
    Files.writeString(description(), "");
    clock = Clock.offset(clock, Duration.ofHours(1));

    collect();

    assertTailedOnly();
  }

  @Test
  void folderThatSaysNothing_isLeftAlone_withOneLine() throws Exception {
    service.die();
    Path renamed = Files.move(service.path, service.path.resolveSibling("shop"));
    Files.writeString(renamed.resolve(HomeLayout.INSTANCE_FILE), "");

    collect();

    assertThat(renamed.resolve(HomeLayout.RING)).exists();
    assertThat(store.reader().instances()).isEmpty();
    assertThat(lines).singleElement().asString().contains("left alone", "instance.json");
  }

  @Test
  void missingRing_leavesTheQueue_andIsADamage() throws Exception {
    service.die();
    Files.delete(service.path.resolve(HomeLayout.RING));
    age(description());
    assertThat(present().state()).isEqualTo(InstanceState.DAMAGED);

    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(4));
    assertThat(stored().state()).isEqualTo(InstanceState.DAMAGED);
    assertThat(stored().damage()).isEqualTo("the ring is missing");
    assertThat(books().read()).isEqualTo(4);
    assertThat(lines).singleElement().asString().contains("ring is missing");
    assertThat(HomeLayout.instances(home)).isEmptyDirectory();
  }

  @Test
  void cutRing_leavesTheQueue_andIsKept() throws Exception {
    service.die();
    Path ring = service.path.resolve(HomeLayout.RING);
    try (FileChannel channel = FileChannel.open(ring, StandardOpenOption.WRITE)) {
      channel.truncate(100);
    }
    age(description());

    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(4));
    assertThat(stored().state()).isEqualTo(InstanceState.DAMAGED);
    assertThat(quarantine().resolve(HomeLayout.RING)).hasSize(100);
    assertThat(lines).hasSize(1);
  }

  @Test
  void missingQueueFolder_leavesTheRing_andTheLossIsCounted() throws Exception {
    service.die();
    PrivateFiles.remove(service.path.resolve(HomeLayout.QUEUE));

    collect();

    assertThat(storedSpans()).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(books().dropped()).containsOnly(Map.entry("quarantined", 4L));
    assertThat(books().producer().offered()).isEqualTo(10);
    assertThat(books().producer().queued()).isEqualTo(10);
    assertThat(books().read()).isEqualTo(6);
    assertThat(HomeLayout.instances(home)).isEmptyDirectory();
  }

  @Test
  void unfinishedFolder_isRemovedWhenOldAndUnlocked_only() throws Exception {
    Path young = unfinished("young", 30);
    Path old = unfinished("old", 90);
    Path locked = unfinished("locked", 90);
    Path neverLocked = unfinished("never-locked", 90);
    Files.delete(neverLocked.resolve(HomeLayout.INSTANCE_LOCK));
    age(neverLocked);
    Path lock = locked.resolve(HomeLayout.INSTANCE_LOCK);

    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      collect();
    }

    assertThat(young).exists();
    assertThat(locked).exists();
    assertThat(old).doesNotExist();
    assertThat(neverLocked).doesNotExist();
    assertThat(lines).isEmpty();
  }

  private Path unfinished(String name, int ageSeconds) throws IOException {
    Path folder = HomeLayout.instances(home).resolve(HomeLayout.NEW_PREFIX + name);
    Files.createFile(PrivateFiles.createFolders(folder).resolve(HomeLayout.INSTANCE_LOCK));
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minusSeconds(ageSeconds)));
    return folder;
  }

  private void collect() throws IOException {
    try (Collector collector = Collector.open(home, territory, store, lines::add, clock)) {
      collector.runOnce();
    }
  }

  private Path description() {
    return service.path.resolve(HomeLayout.INSTANCE_FILE);
  }

  private void describe(String host, String bootId, long pid) throws IOException {
    Files.writeString(
        description(),
        String.format(
            "{\"instance_id\":\"%s\",\"service\":\"shop\",\"host\":\"%s\",\"boot_id\":\"%s\","
                + "\"pid_namespace\":\"pid:[1]\",\"pid\":%d}",
            service.instance, host, bootId, pid));
  }

  private static void age(Path path) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(90)));
  }

  private void assertTailedOnly() {
    assertThat(storedSpans()).containsExactlyElementsOf(range(4));
    assertThat(service.path.resolve(HomeLayout.RING)).exists();
  }

  private void assertUntouched() {
    assertThat(store.reader().instances()).isEmpty();
    assertThat(service.path.resolve(HomeLayout.RING)).exists();
    assertThat(service.path.resolve(HomeLayout.QUEUE)).exists();
  }

  private void assertAdopted() {
    assertStored();
    assertThat(HomeLayout.instances(home)).isEmptyDirectory();
  }

  private void assertStored() {
    assertThat(storedSpans()).containsExactlyElementsOf(range(10));
    assertThat(books().producer().offered()).isEqualTo(10);
    assertThat(books().producer().queued()).isEqualTo(10);
    assertThat(books().read()).isEqualTo(10);
    assertThat(books().stored()).isEqualTo(10);
    assertThat(stored().endedEpochNanos()).isPositive();
    assertThat(stored().damage()).isNull();
  }

  private List<Long> storedSpans() {
    return store
        .reader()
        .spans(new SpanFilter(0, 0, null, null, null, null, 0, 0, 100_000))
        .stream()
        .map(span -> span.row().spanId())
        .sorted()
        .toList();
  }

  private static List<Long> range(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private Accounting books() {
    return store.reader().accounting().get(service.id());
  }

  private Instance stored() {
    return store.reader().instances().get(0);
  }

  private Instance present() {
    return new LiveCounts(home, store.reader()).producerCounts().keySet().iterator().next();
  }

  private Path quarantine() {
    return home.resolve(HomeLayout.QUARANTINE).resolve(service.instance.toString());
  }
}
