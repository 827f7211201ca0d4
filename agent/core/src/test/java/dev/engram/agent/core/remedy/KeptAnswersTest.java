package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
  private static final long FRESH = 100;

  private final KeptAnswers kept = new KeptAnswers();

  private record Item(String name, Currency currency, int amount) {}

  private record Nested(Item item, @Nullable LocalDate day) {}

  private record Deep(Nested nested, List<String> names) {}

  private record Endless(@Nullable Endless next) {}

  /** Is equal to what it is not the same as. */
  private record Loose(String name, String currency) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Loose loose && loose.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  private enum Currency {
    EURO {
      @Override
      public String toString() {
        return "€";
      }
    }
  }

  @Test
  void answer_isFound_byEqualArgumentsOfTheSameObject_asLongAsItIsFresh() {
    Object target = new Object();
    kept.keep(key(target, "book", 1, null), "42", 1_000);

    assertThat(kept.find(key(target, "book", 1, null), FRESH, 1_000 + FRESH)).isEqualTo("42");
    assertThat(kept.find(key(target, "book", 1, null), FRESH, 1_001 + FRESH)).isNull();
    assertThat(kept.find(key(target, "book", 2, null), FRESH, 1_000)).isNull();
    assertThat(kept.find(key(target, "book", 1L, null), FRESH, 1_000)).isNull();
    assertThat(kept.find(key(new Object(), "book", 1, null), FRESH, 1_000)).isNull();
    assertThat(kept.find(key(null, "book", 1, null), FRESH, 1_000)).isNull();
  }

  @Test
  void laterAnswer_takesTheEarliersPlace() {
    kept.keep(key(null, "book"), "42", 1);
    kept.keep(key(null, "book"), "43", 2);

    assertThat(kept.find(key(null, "book"), FRESH, 3)).isEqualTo("43");
  }

  @Test
  void moreAnswersThanPlaces_takeNoMorePlaces_andNoneIsTheAnswerToAnother() {
    for (int i = 0; i < 4 * KeptAnswers.PLACES; i++) {
      kept.keep(key(null, i), i, 1);
    }

    int found = 0;
    for (int i = 0; i < 4 * KeptAnswers.PLACES; i++) {
      Object answer = kept.find(key(null, i), FRESH, 1);
      assertThat(answer).isIn(null, i);
      found += answer == null ? 0 : 1;
    }
    assertThat(found).isBetween(1, KeptAnswers.PLACES);
  }

  @Test
  void whatCanBeUsedOnce_isNotKept() {
    List.of(
            new ByteArrayInputStream(new byte[1]),
            List.of(1).iterator(),
            Stream.of(1),
            CompletableFuture.completedFuture(1))
        .forEach(
            answer -> {
              kept.keep(key(null, "book"), answer, 1);
              assertThat(kept.find(key(null, "book"), FRESH, 1)).as("%s", answer).isNull();
            });
  }

  @Test
  void keys_areMadeOfPlainValues_alsoInRecords() {
    Item item = new Item("book", Currency.EURO, 1);
    kept.keep(key(null, new Nested(item, null), BigDecimal.ONE), "42", 1);

    Nested equal = new Nested(new Item("book", Currency.EURO, 1), null);
    assertThat(kept.find(key(null, equal, BigDecimal.ONE), FRESH, 1)).isEqualTo("42");
    assertThat(AnswerKey.of(null, new Object[] {new ArrayList<>()})).isNull();
    assertThat(AnswerKey.of(null, new Object[] {new int[1]})).isNull();
    assertThat(AnswerKey.of(null, new Object[] {new StringBuilder()})).isNull();
    assertThat(AnswerKey.of(null, new Object[] {new Deep(equal, List.of())})).isNull();
    assertThat(AnswerKey.of(null, new Object[] {new Endless(null)})).isNull();
    assertThat(AnswerKey.of(null, new Object[] {new Loose("book", "EUR")})).isNull();
    assertThat(AnswerKey.of(null, new Object[] {"x".repeat(1_001)})).isNull();
  }

  /** Who asks with a new object each time gets nothing, and keeps nothing alive. */
  @Test
  void key_doesNotKeepItsObjectAlive() throws InterruptedException {
    Object target = new Object();
    WeakReference<Object> watched = new WeakReference<>(target);
    AnswerKey key = key(target, "book");
    kept.keep(key, "42", 1);
    target = null;

    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (watched.get() != null && System.nanoTime() < until) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(watched.get()).isNull();
    assertThat(kept.find(key, FRESH, 1)).isNull();
  }

  private static AnswerKey key(@Nullable Object target, @Nullable Object... arguments) {
    return Objects.requireNonNull(AnswerKey.of(target, arguments));
  }
}
