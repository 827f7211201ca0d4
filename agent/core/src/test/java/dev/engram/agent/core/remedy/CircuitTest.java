package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Circuit circuit = new Circuit();

  /** Times wrap round. */
  private long now = Long.MAX_VALUE - SECOND;

  @Test
  void failuresInARow_openIt_onceThereAreEnough_overSomeSeconds() {
    fails(Circuit.FAILURES);
    assertThat(circuit.isOpen()).as("a burst").isFalse();

    now += Circuit.LASTING_NANOS - 1;
    assertThat(circuit.failed(now)).isFalse();
    now++;
    assertThat(circuit.failed(now)).isTrue();
    assertThat(circuit.isOpen()).isTrue();
    assertThat(circuit.failed(now)).as("it is open").isFalse();
  }

  @Test
  void fewFailures_howeverLongApart_doNotOpenIt() {
    for (int i = 1; i < Circuit.FAILURES; i++) {
      assertThat(circuit.failed(now)).isFalse();
      now += Circuit.LASTING_NANOS;
    }
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void oneAnswerThatIsNoFailure_beginsTheCountAnew() {
    for (int i = 0; i < 100; i++) {
      fails(Circuit.FAILURES - 1);
      now += Circuit.LASTING_NANOS;
      circuit.answered();
    }
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void oneCallInAWhile_isLetThrough_lessOftenTheLongerItLasts() {
    open();
    assertThat(circuit.probes(now)).isFalse();
    long[] waits = {1, 2, 4, 8, 10, 10};
    for (long seconds : waits) {
      now += seconds * SECOND - 1;
      assertThat(circuit.probes(now)).as("after nearly %d s", seconds).isFalse();
      now++;
      assertThat(circuit.probes(now)).as("after %d s", seconds).isTrue();
      assertThat(circuit.probes(now)).as("a second one").isFalse();
    }
    assertThat(circuit.isOpen()).isTrue();
  }

  @Test
  void callsThatAreNotMade_areToldOnceASecond_withTheirNumber() {
    open();
    assertThat(circuit.spared(now)).as("the first, at once").isEqualTo(1);
    now += Circuit.TOLD_NANOS - 1;
    for (int i = 0; i < 500; i++) {
      assertThat(circuit.spared(now)).isZero();
    }
    now++;
    assertThat(circuit.spared(now)).isEqualTo(501);
    assertThat(circuit.spared(now)).isZero();
    assertThat(circuit.answered()).isTrue();
    assertThat(circuit.untold()).as("when it closes").isEqualTo(1);
    assertThat(circuit.untold()).isZero();
  }

  @Test
  void answer_closesIt_andTheNextOpeningBeginsWithAShortWait() {
    open();
    now += Circuit.FIRST_NANOS;
    assertThat(circuit.probes(now)).isTrue();
    assertThat(circuit.answered()).isTrue();
    assertThat(circuit.answered()).as("what was on its way beside it").isFalse();
    assertThat(circuit.isOpen()).isFalse();
    assertThat(circuit.probes(now + Circuit.LONGEST_NANOS)).isFalse();

    open();
    now += Circuit.FIRST_NANOS;
    assertThat(circuit.probes(now)).isTrue();
  }

  private void open() {
    fails(Circuit.FAILURES);
    now += Circuit.LASTING_NANOS;
    assertThat(circuit.failed(now)).isTrue();
  }

  private void fails(int times) {
    for (int i = 0; i < times; i++) {
      circuit.failed(now);
    }
  }
}
