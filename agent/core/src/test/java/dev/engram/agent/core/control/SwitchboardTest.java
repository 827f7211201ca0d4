package dev.engram.agent.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.record.control.Switches;
import dev.engram.agent.record.ring.HomeLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchboardTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private static final Set<PosixFilePermission> OWNERS_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  @TempDir Path home;
  private final List<Configuration> applied = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private Instant now = NOON;
  private Switchboard switchboard;

  @BeforeEach
  void watch() throws IOException {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    Path folder = Files.createDirectory(home.resolve(HomeLayout.CONTROL));
    Files.setPosixFilePermissions(folder, OWNERS_FOLDER);
    Configuration atStart =
        Configuration.load(
            "capture=all", new Properties(), Map.of(), Set.of("jdbc"), problem -> {});
    switchboard =
        new Switchboard(
            home, atStart, (configuration, switches) -> applied.add(configuration), () -> now);
  }

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  @Test
  void absentFile_changesAndSaysNothing() {
    switchboard.beat();

    assertThat(applied).isEmpty();
    assertThat(lines()).isEmpty();
  }

  @Test
  void file_holdsOnceItIsThere_andNoLongerWhenItIsGone() throws IOException {
    put(
        new Switches(
            3, null, Map.of("capture", "errors", "instrumentation.jdbc.enabled", "false")));
    switchboard.beat();
    switchboard.beat();

    assertThat(applied).hasSize(1);
    assertThat(applied.get(0).text(Settings.CAPTURE)).isEqualTo("errors");
    assertThat(applied.get(0).instrumentationEnabled("jdbc")).isFalse();
    assertThat(switchboard.status().inForce().serial()).isEqualTo(3);

    Files.delete(file());
    switchboard.beat();

    assertThat(applied).hasSize(2);
    assertThat(applied.get(1).text(Settings.CAPTURE)).isEqualTo("all");
    assertThat(applied.get(1).instrumentationEnabled("jdbc")).isTrue();
    assertThat(lines()).hasSize(2).allMatch(line -> line.startsWith("engram: " + file()));
    assertThat(lines().get(0))
        .endsWith("(serial 3) holds: capture=errors instrumentation.jdbc.enabled=false");
  }

  @Test
  void fileOfALowerSerial_isIgnored_butAnyIsTakenAfterTheFileWasRemoved() throws IOException {
    put(new Switches(3, null, Map.of("capture", "errors")));
    switchboard.beat();
    put(new Switches(2, null, Map.of("capture", "off")));
    switchboard.beat();

    assertThat(applied).hasSize(1);
    assertThat(switchboard.status().problem()).contains("is older (serial 2)");

    Files.delete(file());
    switchboard.beat();
    put(new Switches(1, null, Map.of("capture", "off")));
    switchboard.beat();

    assertThat(last().text(Settings.CAPTURE)).isEqualTo("off");
    assertThat(switchboard.status().problem()).isEmpty();
  }

  @Test
  void malformedFile_costsOneLine_andTheLastGoodStateStays() throws IOException {
    put(new Switches(1, null, Map.of("capture", "errors")));
    switchboard.beat();
    put("{\"serial\": 2, ");
    switchboard.beat();
    switchboard.beat();

    assertThat(applied).hasSize(1);
    assertThat(switchboard.status().inForce().serial()).isEqualTo(1);
    assertThat(switchboard.status().problem()).isEqualTo("ends too early");
    assertThat(lines()).hasSize(2);
    assertThat(lines().get(1)).contains("is ignored, it ends too early; what held before holds on");
  }

  @Test
  void unknownKeyOrBadValue_leavesTheWholeFileIgnored() throws IOException {
    put(new Switches(1, null, Map.of("capture", "off", "ignore.url", "/a")));
    switchboard.beat();
    assertThat(switchboard.status().problem())
        .isEqualTo("engram.ignore.url is unknown, did you mean engram.ignore.urls?");

    put(new Switches(2, null, Map.of("ring.size", "1MiB")));
    switchboard.beat();
    assertThat(switchboard.status().problem())
        .isEqualTo("engram.ring.size cannot be switched while the service runs");

    put(new Switches(3, null, Map.of("capture", "some\u001b[2J")));
    switchboard.beat();
    assertThat(switchboard.status().problem()).contains("expected one of all, errors, off");
    assertThat(applied).isEmpty();
    assertThat(lines()).hasSize(3).noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void instrumentationOfAnotherVersion_isPassedOver() throws IOException {
    put(new Switches(1, null, Map.of("capture", "off", "instrumentation.newer.enabled", "false")));
    switchboard.beat();

    assertThat(last().text(Settings.CAPTURE)).isEqualTo("off");
  }

  @Test
  void expiredFile_holdsNoLonger() throws IOException {
    put(new Switches(4, NOON.plusSeconds(60), Map.of("capture", "off")));
    switchboard.beat();
    now = NOON.plusSeconds(59);
    switchboard.beat();
    assertThat(last().text(Settings.CAPTURE)).isEqualTo("off");

    now = NOON.plusSeconds(60);
    switchboard.beat();
    switchboard.beat();

    assertThat(last().text(Settings.CAPTURE)).isEqualTo("all");
    assertThat(applied).hasSize(2);
    assertThat(lines().get(1)).endsWith("(serial 4) has expired: the settings of the start hold");
  }

  @Test
  void fileThatIsMalformed_orCannotBeRead_leavesWhatHoldsToExpire() throws IOException {
    put(new Switches(4, NOON.plusSeconds(60), Map.of("capture", "off")));
    switchboard.beat();
    put("{");
    switchboard.beat();
    now = NOON.plusSeconds(60);
    switchboard.beat();
    assertThat(last().text(Settings.CAPTURE)).isEqualTo("all");
    assertThat(switchboard.status().problem()).isEqualTo("ends too early");

    put(new Switches(5, NOON.plusSeconds(120), Map.of("capture", "off")));
    switchboard.beat();
    Files.delete(file());
    Files.createDirectory(file(), PosixFilePermissions.asFileAttribute(OWNERS_FOLDER));
    switchboard.beat();
    assertThat(last().text(Settings.CAPTURE)).isEqualTo("off");
    now = NOON.plusSeconds(120);
    switchboard.beat();
    switchboard.beat();

    assertThat(last().text(Settings.CAPTURE)).isEqualTo("all");
    assertThat(applied).hasSize(4);
    assertThat(switchboard.status().problem()).startsWith("cannot be read");
    assertThat(lines()).hasSize(6);
  }

  @Test
  void fileThatOthersMayWrite_isIgnored() throws IOException {
    put(new Switches(1, null, Map.of("capture", "off")));
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));
    switchboard.beat();
    assertThat(switchboard.status().problem())
        .isEqualTo("may be written by others; run: chmod go-w " + file());

    put(new Switches(2, null, Map.of("capture", "off")));
    Path folder = home.resolve(HomeLayout.CONTROL);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    switchboard.beat();
    assertThat(switchboard.status().problem())
        .isEqualTo("lies in a folder that may be written by others; run: chmod go-w " + folder);
    switchboard.beat();
    assertThat(applied).isEmpty();
    assertThat(lines()).hasSize(2);

    Files.setPosixFilePermissions(folder, OWNERS_FOLDER);
    switchboard.beat();
    assertThat(last().text(Settings.CAPTURE)).isEqualTo("off");
    assertThat(switchboard.status().problem()).isEmpty();
  }

  @Test
  void fileThatIsALink_orInAFolderThatIsOne_isIgnored() throws IOException {
    put(new Switches(1, null, Map.of("capture", "off")));
    Path elsewhere = home.resolve("elsewhere");
    Files.move(file(), elsewhere);
    Files.createSymbolicLink(file(), elsewhere);
    switchboard.beat();
    assertThat(switchboard.status().problem()).startsWith("is a symbolic link");

    Files.delete(elsewhere);
    switchboard.beat();
    Files.delete(file());
    put(new Switches(2, null, Map.of("capture", "off")));
    Path folder = home.resolve(HomeLayout.CONTROL);
    Files.move(folder, elsewhere);
    Files.createSymbolicLink(folder, elsewhere);
    switchboard.beat();
    assertThat(switchboard.status().problem())
        .startsWith("lies in a folder that is a symbolic link");
    assertThat(applied).allMatch(it -> it.text(Settings.CAPTURE).equals("all"));
  }

  @Test
  void fileOfAnother_isIgnored() throws IOException {
    put(new Switches(1, null, Map.of("capture", "off")));
    assumeTrue(Files.getAttribute(file(), "unix:uid").equals(0), "only root may give files away");
    Files.setAttribute(file(), "unix:uid", 65_534);
    switchboard.beat();
    switchboard.beat();

    assertThat(switchboard.status().problem()).startsWith("belongs to user 65534");
    assertThat(applied).isEmpty();
    assertThat(lines()).hasSize(1);
  }

  @Test
  void fileThatIsTooLong_orNoText_isIgnored() throws IOException {
    put(" ".repeat(Switches.MAX_LENGTH + 1));
    switchboard.beat();
    assertThat(switchboard.status().problem()).startsWith("is larger than ");

    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe});
    switchboard.beat();
    assertThat(switchboard.status().problem()).isEqualTo("is not in UTF-8");
  }

  private Configuration last() {
    return applied.get(applied.size() - 1);
  }

  private Path file() {
    return HomeLayout.switches(home);
  }

  private void put(Switches switches) throws IOException {
    put(switches.toJson());
  }

  /** As the command line does: whole, and renamed into place. */
  private void put(String text) throws IOException {
    Path fresh = Files.writeString(home.resolve("fresh"), text);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
