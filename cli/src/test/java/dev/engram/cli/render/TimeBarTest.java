package dev.engram.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimeBarTest {
  private final TimeBar bar = new TimeBar(100, 200, 10);

  @Test
  void of_wholeTrace_fillsTheBar() {
    assertThat(bar.of(100, 100)).isEqualTo("██████████");
  }

  @Test
  void of_part_liesWhereItHappened() {
    assertThat(bar.of(150, 20)).isEqualTo("     ██   ");
  }

  @Test
  void of_instant_isStillVisible() {
    assertThat(bar.of(200, 0)).isEqualTo("         █");
  }

  @Test
  void of_interrupted_runsOff() {
    assertThat(bar.of(150, -1)).isEqualTo("     ·····");
  }

  @Test
  void of_outsideTheTrace_staysWithinTheBar() {
    assertThat(bar.of(0, Long.MAX_VALUE / 2)).hasSize(10);
    assertThat(bar.of(Long.MAX_VALUE / 2, 5)).hasSize(10);
  }

  @Test
  void sparkline_showsNoneAndFewApart() {
    assertThat(Sparkline.of(List.of(0L, 1L, 50L, 100L))).isEqualTo("·▁▅█");
  }
}
