package dev.engram.agent.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReturnedPartsTest {
  /** As applications have them: not public. */
  private record Verdict(Detail detail, List<Step> steps, Optional<String> why) {}

  private record Detail(Queue queue, double sure) {}

  private record Step(String text) {}

  private enum Queue {
    BILLING,
    TECHNICAL
  }

  /** With getters. */
  static final class Bean {
    public String getChoice() {
      return "bean";
    }

    public boolean isSure() {
      throw new IllegalStateException("not asked yet");
    }
  }

  @Test
  void components_areFoundInsideOneAnother() {
    Verdict verdict =
        new Verdict(
            new Detail(Queue.BILLING, 0.75),
            List.of(new Step("first"), new Step("second")),
            Optional.of("because"));
    ReturnedParts parts = parts("detail.queue", "", "detail.sure", "why");

    assertThat(parts.of(verdict))
        .isEqualTo(new Choice(List.of(), "BILLING", 0.75, "stated", List.of("because")));
    assertThat(parts("steps[1].text", "", "", "").of(verdict))
        .extracting(Choice::chosen)
        .isEqualTo("second");
  }

  @Test
  void gettersMapsAndJson_areRead() {
    assertThat(chosen(parts("choice", "", "", ""), new Bean())).isEqualTo("bean");
    assertThat(chosen(parts("a", "", "", ""), Map.of("a", 7))).isEqualTo("7");
    assertThat(chosen(parts("$.a.b[0]", "", "", ""), "{\"a\": {\"b\": [\"deep\"]}}"))
        .isEqualTo("deep");
    assertThat(chosen(parts("", "", "", ""), Queue.TECHNICAL)).isEqualTo("TECHNICAL");
    assertThat(parts("a", "o", "", "").of(Map.of("a", "x", "o", new String[] {"x", "y"})))
        .extracting(Choice::options)
        .isEqualTo(List.of("x", "y"));
  }

  @Test
  void whatIsMissingOrFails_isUnknown() {
    assertThat(parts("nothing", "", "", "").of(new Bean())).isNull();
    assertThat(parts("", "", "", "").of(null)).isNull();
    assertThat(parts("sure", "", "", "").of(new Bean())).isNull();
    assertThat(parts("choice", "", "sure", "").of(new Bean())).isNotNull();
    assertThat(parts("choice[", "", "", "").of(new Bean())).isNull();
    assertThat(parts("a", "", "c", "").of(Map.of("a", "x", "c", "1.5")))
        .extracting(Choice::confidence)
        .isEqualTo(Double.NaN);
  }

  @Test
  void elementsBeyondThoseThatAreKept_areNotAskedFor() {
    Object[] many = new Object[100_000];
    Arrays.fill(many, "o");

    assertThat(parts("a", "o", "", "").of(Map.of("a", "x", "o", many)))
        .extracting(choice -> choice.options().size())
        .isEqualTo(Choice.MOST);
  }

  private static String chosen(ReturnedParts parts, Object returned) {
    Choice choice = parts.of(returned);
    assertThat(choice).isNotNull();
    return choice.chosen();
  }

  private static ReturnedParts parts(
      String choice, String options, String confidence, String reasoning) {
    return new ReturnedParts(choice, options, confidence, "stated", reasoning);
  }
}
