package dev.engram.collector.analysis.solution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.ThrownStack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SolutionsTest {
  private static final long FINGERPRINT = 0x00ab000000000001L;
  private static final String HEX = "00ab000000000001";
  private static final String OTHER = "00ab000000000002";

  private static final Solution POOL =
      shipped("S-pool", List.of("java.sql.SQLException"), List.of("not available*timed out"));
  private static final Solution SQL = shipped("S-sql", List.of("java.sql.SQLException"), List.of());
  private static final Solution DISK = shipped("S-disk", List.of(), List.of("no space left"));

  private final List<KnowledgeRow> said = new ArrayList<>();

  @Test
  void symptom_isTypeAndMessage_ofOneThrowableOfTheChain() {
    ThrownStack pool =
        thrown("java.sql.SQLException", "Pool-1 - Connection is NOT available, it timed out", null);

    assertThat(against(thrown("a.Wrapped", "sorry", pool))).containsExactly("S-pool", "S-sql");
    assertThat(against(thrown("java.sql.SQLException", "timed out, not available", null)))
        .containsExactly("S-sql");
    assertThat(against(thrown("a.B", "Connection is not available, it timed out", null))).isEmpty();
    assertThat(against(thrown("a.B", "No space left on device", null))).containsExactly("S-disk");
    assertThat(against(thrown("java.sql.SQLException", null, null))).containsExactly("S-sql");
  }

  @Test
  void ownSolution_isForItsGroup_andItsKind() {
    say("S-1", Solutions.ERROR, HEX);
    say("S-1", Solutions.REMEDY, "more boxes");
    say("S-2", Solutions.TYPE, "a.B");
    say("S-2", Solutions.MESSAGE, "no * box");
    say("S-2", Solutions.REMEDY, "fewer boxes");
    say("S-3", Solutions.MESSAGE, "GREEN");
    say("S-3", Solutions.REMEDY, "paint it");

    assertThat(ids(solutions().against(List.of(FINGERPRINT), thrown("x.Y", null, null))))
        .containsExactly("S-1");
    assertThat(against(thrown("a.B", "no green box", null))).containsExactly("S-2", "S-3");
    Solution first = solutions().beginning("s-1").get(0);
    assertThat(first.author()).isEqualTo("ada");
    assertThat(first.isOfCatalogue()).isFalse();
  }

  @Test
  void order_isByWhatIsSurelyKnownToWork() {
    say("S-1", Solutions.ERROR, HEX);
    say("S-1", Solutions.REMEDY, "one of one");
    say("S-2", Solutions.ERROR, HEX);
    say("S-2", Solutions.REMEDY, "eight of nine");
    say("S-3", Solutions.ERROR, HEX);
    say("S-3", Solutions.REMEDY, "none of one");
    said.add(row("S-1", Solutions.WORKED, HEX, "ada"));
    said.add(row("S-3", Solutions.FAILED, HEX, "ada"));
    for (int i = 0; i < 9; i++) {
      said.add(row("S-2", i == 0 ? Solutions.FAILED : Solutions.WORKED, HEX, "person " + i));
    }
    ThrownStack thrown = thrown("java.sql.SQLException", "m", null);

    assertThat(ids(solutions().against(List.of(FINGERPRINT), thrown)))
        .containsExactly("S-2", "S-1", "S-sql", "S-3");

    for (int i = 0; i < 4; i++) {
      said.add(row("S-3", i == 0 ? Solutions.WORKED : Solutions.FAILED, HEX, "person " + i));
    }
    assertThat(ids(solutions().against(List.of(FINGERPRINT), thrown)))
        .as("what mostly failed comes after what nobody tried")
        .containsExactly("S-2", "S-1", "S-sql", "S-3");
  }

  @Test
  void errorsThatAreOne_areTriedAsOne() {
    said.add(row("S-sql", Solutions.WORKED, HEX, "ada"));
    said.add(row("S-sql", Solutions.FAILED, OTHER, "ada"));
    said.add(new KnowledgeRow(9, 9, KnowledgeRow.ERROR, OTHER, Triages.MERGED, HEX, "ada"));

    assertThat(solutions().beginning("S-sql").get(0).success()).isEqualTo(new Proportion(0, 1));
  }

  @Test
  void success_isTheLastWordOfEachPersonOnEachError() {
    said.add(row("S-sql", Solutions.WORKED, HEX, "ada"));
    said.add(row("S-sql", Solutions.WORKED, HEX, "ada"));
    said.add(row("S-sql", Solutions.WORKED, OTHER, "ada"));
    said.add(row("S-sql", Solutions.WORKED, HEX, "bob"));
    said.add(row("S-sql", Solutions.FAILED, HEX, "bob"));
    said.add(row("S-sql", KnowledgeRow.COMMENT, "after a restart", "bob"));

    Solution sql = solutions().beginning("S-sql").get(0);
    assertThat(sql.success()).isEqualTo(new Proportion(2, 3));
    assertThat(sql.triedEpochNanos()).isEqualTo(5);
    assertThat(sql.comment()).isEqualTo("after a restart");
    assertThat(sql.isOfCatalogue()).isTrue();
  }

  @Test
  void edit_changesWhatIsGiven_ofPeoplesOnly() {
    say("S-1", Solutions.ERROR, HEX);
    say("S-1", Solutions.CAUSE, "small");
    say("S-1", Solutions.REMEDY, "more");
    say("S-1", Solutions.REMEDY, "many more");
    say("S-sql", Solutions.REMEDY, "nonsense");

    Solution own = solutions().beginning("S-1").get(0);
    assertThat(own.remedy()).isEqualTo("many more");
    assertThat(own.cause()).isEqualTo("small");
    assertThat(solutions().beginning("S-sql").get(0).remedy()).isEqualTo(SQL.remedy());
  }

  @Test
  void solutionWithoutRemedy_isNone_andOneWithoutSymptom_fitsNothing() {
    say("S-1", Solutions.ERROR, HEX);
    say("S-2", Solutions.REMEDY, "for what?");
    say("S-3", Solutions.ERROR, "xyz");
    say("S-3", Solutions.REMEDY, "for what?");
    said.add(row("S-4", Solutions.WORKED, HEX, "ada"));

    assertThat(ids(solutions().all())).containsExactly("S-2", "S-3", "S-disk", "S-pool", "S-sql");
    assertThat(ids(solutions().against(List.of(FINGERPRINT), thrown("x.Y", "m", null)))).isEmpty();
  }

  @Test
  void hostileMessages_areLookedAtUpToABound() {
    String long1 = "x".repeat(10_000) + "no space left";
    assertThat(against(thrown("a.B", long1, null))).isEmpty();
    ThrownStack deep = thrown("a.B", "no space left", null);
    for (int i = 0; i < 1_000; i++) {
      deep = thrown("a.B", "m", deep);
    }
    assertThat(against(deep)).isEmpty();
    assertThat(against(thrown("a.B", "no \u0000 space left \ud800", null))).isEmpty();
  }

  private List<String> against(ThrownStack thrown) {
    return ids(solutions().against(List.of(7L), thrown));
  }

  private static List<String> ids(List<Solution> solutions) {
    return solutions.stream().map(Solution::id).toList();
  }

  private Solutions solutions() {
    return Solutions.of(List.of(POOL, SQL, DISK), said);
  }

  private void say(String id, String property, String value) {
    said.add(row(id, property, value, "ada"));
  }

  private KnowledgeRow row(String id, String property, String value, String author) {
    int number = said.size() + 1;
    return new KnowledgeRow(number, number, KnowledgeRow.SOLUTION, id, property, value, author);
  }

  private static ThrownStack thrown(
      String type, @Nullable String message, @Nullable ThrownStack cause) {
    return new ThrownStack(type, message, 0, List.of(), 0, cause, List.of());
  }

  private static Solution shipped(String id, List<String> types, List<String> messages) {
    return new Solution(
        id,
        new Symptom(0, types, messages),
        "cause",
        "remedy of " + id,
        "https://example.org/" + id,
        null,
        0,
        new Proportion(0, 0),
        0,
        null);
  }
}
