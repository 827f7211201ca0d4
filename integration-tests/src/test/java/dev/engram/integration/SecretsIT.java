package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.OtherVersions;
import dev.engram.integration.harness.Postgres;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.StoredValues;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of secret goes every way into the memory; then ring, queue and store are searched byte
 * by byte, each value of the store by itself, what the service may recall, a backup, what is
 * exported and all that is shown, however the secret may be written there. A word beside each
 * secret proves that the way is remembered at all.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class SecretsIT {
  private static final Fixture SERVICE =
      Fixture.of("secrets", "1", "secrets", "com.h2database:h2:2.4.240").withApi();

  private static final String[] OPTIONS = {
    "-Dengram.ring.size=1MiB",
    "-Dengram.app-packages=com.acme",
    "-Dengram.methods=com.acme.Main#keep",
    "-Dengram.capture.request-headers=x-note,cookie,authorization",
    "-Dengram.capture.response-headers=x-note,set-cookie,location"
  };

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  private Path copies;

  @BeforeEach
  void makeRoomForCopies() throws IOException {
    copies = Files.createDirectory(rig.folder().resolve("copies"));
  }

  @Test
  void noSecret_isRemembered_whicheverWayItCame() throws Exception {
    Child service = SERVICE.start(rig, jdk, OPTIONS);
    SecretWays.passAll(Traffic.toApplication(service));
    assertNoSecretLiesIn(rig.home());
    service.stop();
    Memory memory = rig.memory(jdk).drain();
    assertThat(HomeFiles.holding(rig.home().resolve("recall"), "chosen")).isNotEmpty();
    assertThat(HomeFiles.holding(rig.home().resolve("recall"), "of a node")).isNotEmpty();
    assertNoSecretLiesIn(rig.home());
    assertNoSecretIsAmong(StoredValues.of(rig.home()));
    assertNoSecretIsShown(memory);
    assertNoSecretIsCopied(memory);
  }

  @Test
  @Tag("full")
  void noSecret_isRemembered_inPostgresql() throws Exception {
    try (Postgres postgres = new Postgres()) {
      String url = postgres.newDatabase();
      Memory memory = rig.memory(jdk);
      run(memory, "store", "init", "--url", url);
      Child service = SERVICE.start(rig, jdk, OPTIONS);
      SecretWays.passAll(Traffic.toApplication(service));
      service.stop();
      memory.drain();
      assertNoSecretIsAmong(StoredValues.ofPostgresql(url));
      assertNoSecretIsShown(memory);
      rig.expectNoBooks();
    }
  }

  @Test
  @Tag("full")
  void noSecret_liesInWhatCannotBeStored() throws Exception {
    Path agent = OtherVersions.damagingAgent(rig.folder());
    rig.expectNoBooks();
    Child service = SERVICE.start(rig, jdk, agent, OPTIONS);
    SecretWays.passAll(Traffic.toApplication(service));
    service.stop();
    rig.memory(jdk).drain();
    assertThat(SecretWays.WAYS)
        .allSatisfy(
            way ->
                assertThat(HomeFiles.holding(rig.home().resolve("quarantine"), way.word()))
                    .as(way.word())
                    .isNotEmpty());
    assertNoSecretLiesIn(rig.home());
  }

  private void assertNoSecretIsCopied(Memory memory) throws IOException, SQLException {
    Path backup = copies.resolve("memory.db");
    run(memory, "backup", backup.toString());
    export(memory, "spans", "in+a+query");
    export(memory, "errors", "in a failure");
    assertNoSecretLiesIn(copies);
    assertNoSecretIsAmong(StoredValues.ofSqlite(backup));
  }

  private void export(Memory memory, String what, String word) throws IOException {
    Path file = copies.resolve(what + ".jsonl");
    Files.write(file, run(memory, "export", what, "--format", "jsonl").out());
    assertThat(file).content().contains(word);
  }

  private static void assertNoSecretIsShown(Memory memory) {
    for (String trace : new String[] {SecretWays.TRACE, SecretWays.RECALLED}) {
      assertThat(memory.shown(trace))
          .contains("[redacted]")
          .doesNotContain(SecretWays.searched().toArray(String[]::new));
    }
  }

  private static void assertNoSecretLiesIn(Path folder) {
    assertThat(SecretWays.searched())
        .allSatisfy(word -> assertThat(HomeFiles.holding(folder, word)).isEmpty());
  }

  private static void assertNoSecretIsAmong(StoredValues values) {
    assertThat(SecretWays.searched())
        .allSatisfy(word -> assertThat(values.holding(word)).isEmpty());
    assertThat(SecretWays.WAYS)
        .allSatisfy(way -> assertThat(values.holding(way.word())).as(way.word()).isNotEmpty());
  }

  private static Child run(Memory memory, String... words) {
    Child child = memory.run(words);
    assertThat(child.awaitExit()).as(child::describe).isZero();
    return child;
  }
}
