package dev.engram.agent.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import dev.engram.agent.record.ring.HomeLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemedyBoardTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final Remedy REMEDY =
      new Remedy(
          "R-000000000001", Remedy.retry("method a.B#c"), 7, Remedy.State.ACTIVE, 1, 2, 1, 1);

  @TempDir Path home;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private Instant now = NOON;
  private Duration elapsed = Duration.ZERO;
  private List<Remedy> inForce = List.of();
  private long until;
  private RemedyBoard board;

  @BeforeEach
  void watch() throws IOException {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    Files.createDirectory(
        home.resolve(HomeLayout.CONTROL),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    board = new RemedyBoard(home, this::apply, () -> now, () -> elapsed.toNanos());
  }

  private void apply(Remedies remedies, long untilNanos) {
    inForce = remedies.remedies();
    until = untilNanos;
  }

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  @Test
  void file_isAppliedWithoutAWord_andNoMoreWhenItIsGone() throws IOException {
    put(remedies(1, 30));
    board.beat();
    assertThat(inForce).containsExactly(REMEDY);

    Files.delete(file());
    board.beat();
    assertThat(inForce).isEmpty();
    assertThat(lines()).isEmpty();
  }

  @Test
  void fileThatNobodyRenews_expires_withOneLine_andHoldsAgainWhenItIsRenewed() throws IOException {
    put(remedies(1, 30));
    board.beat();
    pass(29);
    board.beat();
    assertThat(inForce).containsExactly(REMEDY);
    assertThat(until).isEqualTo(Duration.ofSeconds(30).toNanos());

    pass(1);
    board.beat();
    board.beat();
    assertThat(inForce).isEmpty();
    assertThat(lines()).singleElement().asString().contains("has expired");

    put(remedies(2, 60));
    board.beat();
    assertThat(inForce).containsExactly(REMEDY);
  }

  /** Somebody may set the clock back, or write a file that is to hold for ever. */
  @Test
  void fileThatNobodyRenews_expires_whateverItSays_andWhateverBecomesOfTheClock()
      throws IOException {
    put(remedies(1, 1_000_000));
    board.beat();
    now = NOON.minusSeconds(1_000_000);
    elapsed = RemedyBoard.LONGEST;
    board.beat();

    assertThat(inForce).isEmpty();
  }

  @Test
  void fileThatHasExpiredBefore_isAppliedNever_andNothingIsSaid() throws IOException {
    put(remedies(1, -1));
    board.beat();

    assertThat(inForce).isEmpty();
    assertThat(lines()).isEmpty();
  }

  @Test
  void fileThatCannotBeUsed_changesNothing_andCostsOneLine() throws IOException {
    put(remedies(2, 30));
    board.beat();

    put(remedies(3, 30).replace("\"attempts\": 2", "\"attempts\": 99"));
    board.beat();
    board.beat();
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("is ignored, it needs a whole number from 2 to 6 for attempts");
    put("{\"serial\": \u001b]0;");
    board.beat();
    put(remedies(1, 40));
    board.beat();
    assertThat(lines()).hasSize(3).last().asString().contains("is older (serial 1)");
    assertThat(lines().get(1)).doesNotContain("\u001b");
    assertThat(inForce).containsExactly(REMEDY);

    pass(30);
    board.beat();
    assertThat(inForce).isEmpty();
  }

  @Test
  void remediesOfAnUnknownKind_areLeftOut_withOneLine_andTheOthersHold() throws IOException {
    Remedy newer = new Remedy("R-000000000002", "of-tomorrow a.B#c", 7, Remedy.State.ACTIVE, 1);
    for (long serial = 1; serial <= 2; serial++) {
      put(new Remedies(serial, NOON.plusSeconds(30), List.of(newer, REMEDY)).toJson());
      board.beat();
    }

    assertThat(inForce).containsExactly(REMEDY);
    assertThat(lines()).singleElement().asString().contains("of a kind that this agent does not");
  }

  @Test
  void fileThatOthersMayWrite_isNotUsed_untilItIsTheOwnersAlone() throws IOException {
    put(remedies(1, 30));
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
    board.beat();
    assertThat(inForce).isEmpty();
    assertThat(lines()).singleElement().asString().contains("may be written by others");

    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    board.beat();
    assertThat(inForce).containsExactly(REMEDY);
  }

  private static String remedies(long serial, long seconds) {
    return new Remedies(serial, NOON.plusSeconds(seconds), List.of(REMEDY)).toJson();
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
    elapsed = elapsed.plusSeconds(seconds);
  }

  private Path file() {
    return HomeLayout.remedies(home);
  }

  private void put(String json) throws IOException {
    Path fresh = Files.writeString(home.resolve("fresh"), json);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
