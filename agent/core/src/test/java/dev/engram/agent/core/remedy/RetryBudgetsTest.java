package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RetryBudgetsTest {
  private final RetryBudgets budgets = new RetryBudgets();

  @Test
  void placeOfNoRemedyInForce_isRemembered_onlyAsLongAsSomethingIsMissing() {
    budgets.keep(remedies(1));
    budgets.keep(Remedies.NONE);
    assertThat(budgets.size()).isZero();

    budgets.keep(remedies(1));
    RetryBudget spent = Objects.requireNonNull(budgets.of(action(1)));
    assertThat(spent.pay(1)).isTrue();
    budgets.keep(Remedies.NONE);
    assertThat(budgets.of(action(1))).isSameAs(spent);

    spent.succeeded();
    budgets.keep(Remedies.NONE);
    assertThat(budgets.of(action(1))).isNull();
  }

  @Test
  void places_areForgotten_whereTheyAreTooMany() {
    for (int place = 0; place < 2 * RetryBudgets.MOST; place++) {
      budgets.keep(remedies(place));
      Objects.requireNonNull(budgets.of(action(place))).pay(1);
    }

    assertThat(budgets.size()).isLessThanOrEqualTo(RetryBudgets.MOST + 1);
    assertThat(budgets.of(action(2 * RetryBudgets.MOST - 1))).as("in force").isNotNull();
  }

  private static Remedies remedies(int place) {
    Remedy remedy = new Remedy("R-000000000001", action(place), 7, Remedy.State.ACTIVE, 1, 2, 1, 1);
    return new Remedies(1, Instant.MAX, List.of(remedy));
  }

  private static String action(int place) {
    return Remedy.retry("method a.B#c" + place);
  }
}
