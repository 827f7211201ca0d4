package dev.engram.agent.core.recall;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.record.control.Recollection;
import dev.engram.testkit.ProcessorTime;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecollectionsTest {
  private static final String LATE = "my parcel is late";

  @AfterEach
  void forget() {
    Recollections.start(Configuration.of(""));
  }

  @Test
  void nothingKnown_isEmpty() {
    assertThat(answers(null, LATE)).isEmpty();
  }

  @Test
  void withoutInput_theLatestComesFirst() {
    Recollections.learn(
        List.of(
            Past.decision("fast", "failure", "", LATE), Past.decision("slow", "success", "", "")));

    assertThat(answers(null)).containsExactly("fast", "slow");
    assertThat(Recollections.answer(question(null)))
        .extracting(Match::similarity)
        .containsOnly(Double.NaN);
  }

  @Test
  void lastGoodAnswer_isFound() {
    Recollections.learn(
        List.of(
            Past.decision("fast", "failure", "", LATE),
            Past.decision("slow", "success", "", LATE),
            Past.decision("never", "success", "", LATE)));

    Question lastGood = Question.ofDecision("route order", List.of(), "success", 1);
    assertThat(Recollections.answer(lastGood))
        .extracting(it -> it.recollection().answer())
        .containsExactly("slow");
  }

  @Test
  void likestInput_comesFirst_andWhatHasNoWordInCommonNotAtAll() {
    Recollections.learn(
        List.of(
            Past.decision("unlike", "success", "", "refund, please"),
            Past.decision("hash alone", "success", "a3ce929d0e0e4736", ""),
            Past.decision("like", "success", "", "is the parcel of Mrs. Smith late again?"),
            Past.decision("same", "success", "", "My PARCEL is late!")));

    assertThat(answers(null, LATE)).containsExactly("same", "like");
    List<Match> matches = Recollections.answer(question(null, LATE));
    assertThat(matches.get(0).similarity()).isEqualTo(1);
    assertThat(matches.get(1).similarity()).isBetween(0.1, 0.9);
  }

  /** Two of four words in common, both of which all cases have; or one, which few have. */
  @Test
  void rareWords_countMore() {
    Recollections.learn(
        List.of(
            Past.decision("common words", "success", "", "kind text order one"),
            Past.decision("rare word", "success", "", "kind text late parcel"),
            Past.decision("other", "success", "", "kind text two three")));

    assertThat(answers(null, "kind text parcel")).first().isEqualTo("rare word");
    double rare = similarityTo("rare word", "parcel four");
    double common = similarityTo("rare word", "text four");
    assertThat(rare).isGreaterThan(common);
  }

  /** Worked by hand: 3 cases; weights ln(1 + 3/3) of kind, ln(1 + 3/1) of each of the others. */
  @Test
  void similarity_isTheShareOfWeightedWords() {
    Recollections.learn(
        List.of(
            Past.decision("a", "success", "", "kind one"),
            Past.decision("b", "success", "", "kind two"),
            Past.decision("c", "success", "", "kind three")));

    double kind = Math.log(2);
    double rare = Math.log(4);
    assertThat(similarityTo("a", "kind four")).isCloseTo(kind / (kind + 2 * rare), within(1e-12));
  }

  /**
   * Of which the beginning is kept, or of messages the end. Each cut is in the middle of a word.
   */
  @Test
  void longInput_isLikeWhatIsKeptOfIt() {
    String input = IntStream.range(0, 223).mapToObj(i -> "word" + (1000 + i)).collect(joining(" "));
    int cut = input.length() - Recollection.LONGEST;
    Recollections.learn(
        List.of(
            Past.decision("begin", "success", "", input.substring(0, Recollection.LONGEST)),
            Past.decision("end", "success", "", input.substring(cut))));

    assertThat(input.charAt(Recollection.LONGEST)).isNotEqualTo(' ');
    assertThat(input.charAt(cut - 1)).isNotEqualTo(' ');
    assertThat(similarityTo("begin", input)).isEqualTo(1);
    assertThat(similarityTo("end", input)).isEqualTo(1);
  }

  @Test
  void nodes_areToldApartByTheirWorkflow() {
    Recollections.learn(List.of(Past.node("triage", "order"), Past.node("other", "spam")));

    Question question =
        Question.ofNode("triage", "classify", List.of(Map.of("text", LATE)), null, 5);
    assertThat(Recollections.answer(question))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.recollection().answer()).isEqualTo("order");
              assertThat(it.similarity()).isEqualTo(1);
            });
    assertThat(Recollections.answer(Question.ofNode("none", "classify", List.of(), null, 5)))
        .isEmpty();
  }

  @Test
  void state_isReadOnceForEachQuestion() {
    Recollections.learn(List.of(Past.node("triage", "order")));
    AtomicInteger read = new AtomicInteger();
    List<String> text =
        new AbstractList<>() {
          @Override
          public String get(int index) {
            read.incrementAndGet();
            return LATE;
          }

          @Override
          public int size() {
            return 1;
          }
        };
    List<Object> input = List.of(Map.of("text", Collections.unmodifiableList(text)));

    assertThat(Recollections.answer(Question.ofNode("triage", "classify", input, null, 5)))
        .hasSize(1);
    assertThat(read).hasValue(1);
  }

  @Test
  void limitHolds_andNoInputIsTooLong() {
    Recollections.learn(
        IntStream.range(0, 32)
            .mapToObj(i -> Past.decision("answer " + i, "success", "", "word" + i + " " + LATE))
            .toList());

    String endless = (LATE + " and another word").repeat(100_000);
    assertThat(Recollections.answer(question(null, endless))).hasSize(5);
    assertThat(Recollections.answer(question(null, Collections.nCopies(100, null).toArray())))
        .isEmpty();
  }

  /** Of a processor, the median of many: nothing in it waits. */
  @Test
  void answer_comesWithinFiveMilliseconds() {
    String told = "order %d of %d: " + (LATE + ", and not what was asked for; ").repeat(20);
    Recollections.learn(
        IntStream.range(0, 32)
            .mapToObj(i -> Past.decision("answer", "success", "", told.formatted(i, 31 * i)))
            .toList());

    long[] nanos = new long[201];
    for (int i = 0; i < nanos.length; i++) {
      String question = told.formatted(i, i);
      Runnable asked = () -> assertThat(answers(null, question)).hasSize(5);
      nanos[i] = ProcessorTime.of(asked).toNanos();
    }
    Arrays.sort(nanos);
    assertThat(nanos[nanos.length / 2]).isLessThan(TimeUnit.MILLISECONDS.toNanos(5));
  }

  private static double similarityTo(String answer, String input) {
    return Recollections.answer(question(null, input)).stream()
        .filter(it -> it.recollection().answer().equals(answer))
        .findFirst()
        .orElseThrow()
        .similarity();
  }

  private static List<String> answers(@Nullable String outcome, Object... input) {
    return Recollections.answer(question(outcome, input)).stream()
        .map(it -> it.recollection().answer())
        .toList();
  }

  private static Question question(@Nullable String outcome, @Nullable Object... input) {
    return Question.ofDecision("route order", Arrays.asList(input), outcome, 5);
  }
}
