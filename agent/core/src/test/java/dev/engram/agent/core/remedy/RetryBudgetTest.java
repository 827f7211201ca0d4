package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  @Test
  void fullBucket_paysForAHundredRepetitions_andForNoMore() {
    RetryBudget budget = new RetryBudget();

    for (int i = 0; i < 100; i++) {
      assertThat(budget.pay(RetryBudget.price(false))).isTrue();
    }
    assertThat(budget.pay(RetryBudget.price(false))).isFalse();
  }

  @Test
  void repetitionAfterATimeout_costsTwice() {
    RetryBudget budget = new RetryBudget();

    for (int i = 0; i < 50; i++) {
      assertThat(budget.pay(RetryBudget.price(true))).isTrue();
    }
    assertThat(budget.pay(RetryBudget.price(true))).isFalse();
  }

  @Test
  void repetitionsInVain_costTwice_asFarAsThereIsAnything() {
    RetryBudget budget = new RetryBudget();

    for (int i = 0; i < 50; i++) {
      assertThat(budget.pay(RetryBudget.price(false))).isTrue();
      budget.inVain(1);
    }
    assertThat(budget.pay(RetryBudget.price(false))).isFalse();

    budget.inVain(5);
    for (int i = 0; i < 5; i++) {
      budget.succeeded();
    }
    assertThat(budget.pay(RetryBudget.price(false))).isTrue();
  }

  @Test
  void firstSuccesses_fillIt_upToItsBrim() {
    RetryBudget budget = new RetryBudget();
    budget.succeeded();
    for (int i = 0; i < 100; i++) {
      assertThat(budget.pay(RetryBudget.price(false))).isTrue();
    }

    for (int i = 0; i < 5; i++) {
      assertThat(budget.pay(RetryBudget.price(false))).isFalse();
      budget.succeeded();
    }
    assertThat(budget.pay(RetryBudget.price(false))).isTrue();
    assertThat(budget.pay(RetryBudget.price(false))).isFalse();
  }
}
