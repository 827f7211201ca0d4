package dev.engram.agent.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Switches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir Path userHome;
  private final List<String> problems = new ArrayList<>();
  private final Properties properties = new Properties();

  @BeforeEach
  void useTemporaryHome() {
    properties.setProperty("user.home", userHome.toString());
  }

  @Test
  void load_withoutSources_givesDefaults() {
    Configuration configuration = load(null, Map.of());
    assertThat(configuration.flag(Settings.ENABLED)).isTrue();
    assertThat(configuration.number(Settings.RING_SIZE)).isEqualTo(8L << 20);
    assertThat(configuration.duration(Settings.SHUTDOWN_DRAIN)).isEqualTo(Duration.ofSeconds(2));
    assertThat(configuration.list(Settings.REDACT_KEYS)).isEmpty();
    assertThat(configuration.instrumentationEnabled("jdbc")).isTrue();
    assertThat(problems).isEmpty();
  }

  @Test
  void load_fromTheArgument_takesWhatNamesAMethodAsPartOfAList() {
    Configuration configuration =
        load("heal.fallback=a.B#load:60s,a.B#isOn=false,service=shop", Map.of());

    assertThat(configuration.list(Settings.HEAL_FALLBACK))
        .containsExactly("a.B#load:60s", "a.B#isOn=false");
    assertThat(configuration.text(Settings.SERVICE)).isEqualTo("shop");
    assertThat(problems).isEmpty();
  }

  @Test
  void load_fromAllSources_prefersPropertyThenArgumentThenEnvironmentThenFile() throws IOException {
    Path file = Files.createDirectory(userHome.resolve(".engram")).resolve("engram.properties");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, "service=file\ncapture=errors\nqueue.roll=minutely\nring.size=1MiB\n");
    Map<String, String> environment =
        Map.of(
            "ENGRAM_SERVICE", "environment",
            "ENGRAM_CAPTURE", "off",
            "ENGRAM_QUEUE_ROLL", "secondly");
    properties.setProperty("engram.service", "property");

    Configuration configuration = load("service=argument,capture=all", environment);

    assertThat(configuration.text(Settings.SERVICE)).isEqualTo("property");
    assertThat(configuration.text(Settings.CAPTURE)).isEqualTo("all");
    assertThat(configuration.text(Settings.QUEUE_ROLL)).isEqualTo("secondly");
    assertThat(configuration.number(Settings.RING_SIZE)).isEqualTo(1L << 20);
    assertThat(problems).isEmpty();
  }

  @Test
  void load_fromAFileInTheHomeThatOthersMayHaveWritten_saysSoAndIgnoresIt() throws IOException {
    Path home = Files.createDirectory(userHome.resolve(".engram"));
    Path file = Files.writeString(home.resolve("engram.properties"), "service=theirs");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(load(null, Map.of()).text(Settings.SERVICE)).isEmpty();

    Files.move(file, home.resolve("theirs"));
    Files.createSymbolicLink(file, home.resolve("theirs"));
    assertThat(load(null, Map.of()).text(Settings.SERVICE)).isEmpty();
    assertThat(problems)
        .hasSize(2)
        .allMatch(line -> line.startsWith("cannot read the settings in " + file))
        .anyMatch(line -> line.endsWith("run: chmod go-w " + file))
        .anyMatch(line -> line.contains("is a symbolic link"));
  }

  @Test
  void load_fromNamedFile_readsIt() throws IOException {
    Path file = Files.writeString(userHome.resolve("mine.properties"), "engram.service=shop");
    assertThat(load("config=" + file, Map.of()).text(Settings.SERVICE)).isEqualTo("shop");
  }

  @Test
  void load_withNamedFileMissing_saysSo() {
    load("config=" + userHome.resolve("absent.properties"), Map.of());
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("cannot read the settings in ")
        .contains("absent.properties");
  }

  @Test
  void arguments_withListsAndBothSeparators_areSplit() {
    Configuration configuration =
        load("methods=com.acme.A#a,com.acme.B#b,engram.service=shop;capture=errors", Map.of());
    assertThat(configuration.list(Settings.METHODS))
        .containsExactly("com.acme.A#a", "com.acme.B#b");
    assertThat(configuration.text(Settings.SERVICE)).isEqualTo("shop");
    assertThat(configuration.text(Settings.CAPTURE)).isEqualTo("errors");
  }

  @Test
  void arguments_withoutKey_areNamed() {
    load("verbose", Map.of());
    assertThat(problems).containsExactly("agent argument verbose is ignored: expected key=value");
  }

  @Test
  void unknownKey_isNamedWithTheNearestValidOne() {
    load("sevice=shop,instrumentation.jdcb.enabled=false", Map.of());
    assertThat(problems)
        .containsExactly(
            "unknown setting engram.sevice, did you mean engram.service?",
            "unknown setting engram.instrumentation.jdcb.enabled, did you mean"
                + " engram.instrumentation.jdbc.enabled?");
  }

  @Test
  void environment_withVariablesOfOthers_isLeftAlone() {
    load(null, Map.of("ENGRAM_SERVICE_HOST_TCP_ADDR", "10.0.0.1", "ENGRAM_HOMES", "/x"));
    assertThat(problems).containsExactly("unknown setting ENGRAM_HOMES, did you mean ENGRAM_HOME?");
  }

  @Test
  void badValues_areNamed_andTheDefaultsHold() {
    properties.setProperty("engram.enabled", "yes");
    properties.setProperty("engram.ring.size", "1KiB");
    properties.setProperty("engram.shutdown.drain", "2");
    properties.setProperty("engram.capture", "some");
    properties.setProperty("engram.instrumentation.jdbc.enabled", "no");

    Configuration configuration = load(null, Map.of());

    assertThat(configuration.flag(Settings.ENABLED)).isTrue();
    assertThat(configuration.number(Settings.RING_SIZE)).isEqualTo(8L << 20);
    assertThat(configuration.instrumentationEnabled("jdbc")).isTrue();
    assertThat(problems)
        .containsExactlyInAnyOrder(
            "engram.enabled=yes is ignored: expected true or false; using true",
            "engram.ring.size=1KiB is ignored: expected 64KiB to 1GiB; using 8MiB",
            "engram.shutdown.drain=2 is ignored: expected a number with ms, s, m, h or d; using 2s",
            "engram.capture=some is ignored: expected one of all, errors, off; using all",
            "engram.instrumentation.jdbc.enabled=no is ignored: expected true or false; using"
                + " true");
  }

  @Test
  void instrumentation_disabledByName_isOff() {
    Configuration configuration = load("instrumentation.jdbc.enabled=false", Map.of());
    assertThat(configuration.instrumentationEnabled("jdbc")).isFalse();
    assertThat(configuration.instrumentationEnabled("servlet")).isTrue();
  }

  @Test
  void eachValue_saysWhereItComesFrom() throws IOException {
    Path file = Files.writeString(userHome.resolve("mine.properties"), "queue.roll=minutely");
    properties.setProperty("engram.service", "shop");
    Configuration configuration =
        load("config=" + file, Map.of("ENGRAM_INSTRUMENTATION_JDBC_ENABLED", "false"));

    assertThat(configuration.inForce())
        .filteredOn(setting -> !setting.isDefault())
        .extracting(setting -> setting.setting().key(), SettingInForce::source)
        .containsExactlyInAnyOrder(
            tuple("engram.service", "system property"),
            tuple("engram.config", "agent argument"),
            tuple("engram.queue.roll", file.toString()),
            tuple(
                "engram.instrumentation.jdbc.enabled",
                "environment variable ENGRAM_INSTRUMENTATION_JDBC_ENABLED"));
    assertThat(configuration.inForce()).hasSize(Settings.all().size() + 2);
  }

  @Test
  void switches_holdOverTheirSettings() {
    Configuration switched =
        load("capture=errors,service=shop", Map.of())
            .with(
                Map.of("capture", "off", "instrumentation.jdbc.enabled", "false"), "the switches");

    assertThat(switched.text(Settings.CAPTURE)).isEqualTo("off");
    assertThat(switched.text(Settings.SERVICE)).isEqualTo("shop");
    assertThat(switched.instrumentationEnabled("jdbc")).isFalse();
    assertThat(switched.instrumentationEnabled("servlet")).isTrue();
    assertThat(switched.inForce())
        .filteredOn(setting -> setting.source().equals("the switches"))
        .hasSize(2);
  }

  @Test
  void liveSettings_areThoseThatTheCommandLineSwitches() {
    assertThat(Settings.all())
        .filteredOn(Setting::live)
        .extracting(Setting::shortKey)
        .containsExactlyInAnyOrder(
            Switches.CAPTURE, Switches.IGNORE_URLS, Switches.IGNORE_METHODS, HealLevel.KEY);
    assertThat(Settings.instrumentation("jdbc").live()).isTrue();
    assertThat(Settings.instrumentation("jdbc").instrumentation()).isEqualTo("jdbc");
    assertThat(Settings.CAPTURE.instrumentation()).isNull();
  }

  @Test
  void of_withUnknownKey_throws() {
    assertThatThrownBy(() -> Configuration.of("hom=/x")).hasMessageContaining("engram.home");
  }

  private Configuration load(String arguments, Map<String, String> environment) {
    return Configuration.load(
        arguments, properties, environment, Set.of("jdbc", "servlet"), problems::add);
  }
}
