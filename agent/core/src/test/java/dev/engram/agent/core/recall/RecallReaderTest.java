package dev.engram.agent.core.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.record.control.RecallFile;
import dev.engram.agent.record.ring.HomeLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecallReaderTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(60);

  @TempDir Path home;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private Instant now = NOON;
  private RecallReader reader;

  @BeforeEach
  void watch() throws IOException {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    Files.createDirectory(
        folder(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    reader = new RecallReader(home, "shop", () -> now);
    assertThat(answers()).as("asked for the first time").isEmpty();
  }

  @AfterEach
  void restore() {
    System.setErr(before);
    Recollections.start(Configuration.of(""));
  }

  @Test
  void absentFile_recallsAndSaysNothing() {
    reader.beat();

    assertThat(answers()).isEmpty();
    assertThat(lines()).isEmpty();
  }

  @Test
  void file_isTakenWithoutAWord_andAgainWhenItChanges_andForgottenWhenItIsGone()
      throws IOException {
    put(LATER, "fast");
    reader.beat();
    assertThat(answers()).containsExactly("fast");

    put(LATER, "slow");
    reader.beat();
    assertThat(answers()).containsExactly("slow");

    Files.delete(file());
    reader.beat();
    assertThat(answers()).isEmpty();
    assertThat(lines()).isEmpty();
  }

  @Test
  void file_isNotReadAgainBeforeSomebodyAsked() throws IOException {
    Recollections.start(Configuration.of(""));
    put(LATER, "fast");
    reader.beat();
    put("no JSON");
    reader.beat();
    assertThat(lines()).isEmpty();

    assertThat(answers()).containsExactly("fast");
    reader.beat();
    assertThat(lines()).hasSize(1);
  }

  @Test
  void expiredFile_isIgnoredWithOneLine_andSoIsOneThatExpires() throws IOException {
    put(NOON, "fast");
    reader.beat();
    reader.beat();
    assertThat(answers()).isEmpty();
    assertThat(lines()).singleElement().asString().contains("is ignored, it has expired");

    put(LATER, "slow");
    reader.beat();
    assertThat(answers()).containsExactly("slow");
    now = LATER;
    reader.beat();
    reader.beat();
    assertThat(answers()).isEmpty();
    assertThat(lines()).hasSize(2);
  }

  @Test
  void malformedFile_costsOneLine_andWhatWasKnownIsKnown() throws IOException {
    put(LATER, "fast");
    reader.beat();
    put("{\"expires\": \u001b[2J");
    reader.beat();
    reader.beat();

    assertThat(answers()).containsExactly("fast");
    assertThat(lines()).singleElement().asString().contains("is ignored, it is no JSON");
  }

  @Test
  void fileThatIsTooLong_isIgnored() throws IOException {
    put(" ".repeat(RecallFile.MAX_LENGTH + 1));
    reader.beat();

    assertThat(lines()).singleElement().asString().contains("is larger than");
  }

  @Test
  void fileThatOthersMayWrite_isIgnoredWithOneLine_untilItIsMended() throws IOException {
    put(LATER, "fast");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));
    reader.beat();
    reader.beat();
    assertThat(answers()).isEmpty();
    assertThat(lines()).singleElement().asString().contains("run: chmod go-w " + file());

    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    reader.beat();
    assertThat(answers()).containsExactly("fast");
  }

  @Test
  void linkOrFolderOfOthers_isIgnored() throws IOException {
    put(LATER, "fast");
    Path elsewhere = home.resolve("elsewhere");
    Files.move(file(), elsewhere);
    Files.createSymbolicLink(file(), elsewhere);
    reader.beat();
    assertThat(answers()).isEmpty();
    assertThat(lines()).singleElement().asString().contains("is a symbolic link");

    Files.delete(file());
    put(LATER, "fast");
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
    reader.beat();
    assertThat(answers()).isEmpty();
    assertThat(lines()).hasSize(2);
  }

  @Test
  void fileOfAnother_isIgnoredWithOneLine() throws IOException {
    put(LATER, "fast");
    assumeTrue(Files.getAttribute(file(), "unix:uid").equals(0), "only root may give files away");
    Files.setAttribute(file(), "unix:uid", 65_534);
    reader.beat();
    reader.beat();

    assertThat(answers()).isEmpty();
    assertThat(lines()).singleElement().asString().contains("belongs to user 65534");
  }

  private static List<String> answers() {
    return Recollections.answer(Question.ofDecision("route order", List.of(), null, 5)).stream()
        .map(it -> it.recollection().answer())
        .toList();
  }

  private Path folder() {
    return home.resolve(HomeLayout.RECALL);
  }

  private Path file() {
    return folder().resolve(HomeLayout.recallFile("shop"));
  }

  private void put(Instant expires, String answer) throws IOException {
    put(new RecallFile(expires, List.of(Past.decision(answer, "success", "", ""))).toJson());
  }

  /** As the collector does: whole, and renamed into place. */
  private void put(String text) throws IOException {
    Path fresh = Files.writeString(home.resolve("fresh"), text);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
