package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else may have put into a home: left as it is, while other instances go on. */
class UntrustedFolderTest {
  @TempDir Path temporary;
  private final InMemoryStore store = new InMemoryStore();
  private final List<String> lines = new ArrayList<>();
  private Path home;
  private Path elsewhere;
  private ServiceFolder service;
  private ServiceFolder other;

  @BeforeEach
  void record() throws Exception {
    home = PrivateFiles.createFolders(temporary.resolve("home"));
    elsewhere = PrivateFiles.createFolders(temporary.resolve("elsewhere"));
    service = recorded();
    other = recorded();
  }

  @AfterEach
  void close() throws IOException {
    service.close();
    other.close();
  }

  /** The whole folder, where the name is empty. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        HomeLayout.QUEUE,
        HomeLayout.RING,
        HomeLayout.INSTANCE_FILE,
        HomeLayout.INSTANCE_LOCK,
        "cycle file"
      })
  void link_isNotFollowed(String name) throws IOException {
    Path linked = name.equals("cycle file") ? service.cycleFiles().get(0) : service.path;
    assertLeftAlone(linkAway(name.contains(" ") ? linked : linked.resolve(name).normalize()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HomeLayout.QUEUE})
  void folderThatOthersMayWrite_isLeftAlone(String name) throws IOException {
    Path folder = service.path.resolve(name).normalize();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));

    assertLeftAlone(folder);
    assertThat(lines.get(0)).endsWith("run: chmod go-w " + folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    collect();
    assertThat(stored(service.id())).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HomeLayout.QUEUE})
  void folderOfAnother_isLeftAlone(String name) throws IOException {
    Path folder = service.path.resolve(name).normalize();
    assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "only root may give files away");
    Files.setAttribute(folder, "unix:uid", 65_534);

    assertLeftAlone(folder);
    assertThat(lines.get(0)).contains("belongs to user 65534");
  }

  @Test
  void instancesThatAreALink_areLeftAlone() throws IOException {
    Path instances = HomeLayout.instances(home);
    linkAway(instances);

    collect();
    collect();

    assertThat(lines)
        .hasSize(2)
        .allMatch(line -> line.startsWith(instances + " is left alone: it is a symbolic link"));
    assertThat(store.reader().instances()).isEmpty();
  }

  @Test
  void linkWithTheNameOfWhatACrashLeft_isNotFollowed() throws IOException {
    Path left = Files.createDirectory(elsewhere.resolve("left"));
    Path link = HomeLayout.instances(home).resolve(HomeLayout.NEW_PREFIX + "x");
    Files.createSymbolicLink(link, left);

    collect();

    assertThat(link).isSymbolicLink();
    assertThat(left).isEmptyDirectory();
    assertThat(lines).singleElement().asString().contains("is a symbolic link");
  }

  @Test
  void lockThatIsALink_isNotTaken() throws IOException {
    Path lock = home.resolve(HomeLayout.COLLECTOR_LOCK);
    Path target = elsewhere.resolve("made");
    Files.createSymbolicLink(lock, target);

    assertThatThrownBy(this::collect).hasMessageContaining(lock + " is a symbolic link");
    assertThat(target).doesNotExist();
  }

  @Test
  void quarantineThatIsALink_takesNothing_andNothingIsRemoved() throws Exception {
    Files.createSymbolicLink(home.resolve(HomeLayout.QUARANTINE), elsewhere);
    service.die();
    Files.write(service.path.resolve(HomeLayout.RING), new byte[7]);
    Path description = service.path.resolve(HomeLayout.INSTANCE_FILE);
    Files.setLastModifiedTime(description, FileTime.from(Instant.now().minusSeconds(60)));

    collect();

    assertThat(elsewhere).isEmptyDirectory();
    assertThat(service.path).exists();
    assertThat(lines).anyMatch(line -> line.contains("quarantine is a symbolic link"));
  }

  private ServiceFolder recorded() throws Exception {
    ServiceFolder folder = new ServiceFolder(home);
    for (int i = 1; i <= 3; i++) {
      folder.offer(TestRecords.span(i));
    }
    folder.move();
    return folder;
  }

  /** Puts a link in the place of a file or folder, which moves elsewhere. */
  private Path linkAway(Path path) throws IOException {
    Path moved = elsewhere.resolve("moved");
    Files.move(path, moved);
    return Files.createSymbolicLink(path, moved);
  }

  /** Nothing that lies behind the path is stored or changed; one line names it. */
  private void assertLeftAlone(Path path) throws IOException {
    collect();

    assertThat(lines).singleElement().asString().contains(path.toString());
    assertThat(stored(other.id())).isEqualTo(3);
    assertThat(Files.exists(path)).isTrue();
    assertThat(stored(service.id())).isZero();
  }

  private long stored(InstanceId instance) {
    Accounting books = store.reader().accounting().get(instance);
    return books == null ? 0 : books.stored();
  }

  private void collect() throws IOException {
    try (Collector collector = Collector.open(home, Set.of(), store, lines::add)) {
      collector.runOnce();
    }
  }
}
