package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.config.Configuration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackRuleTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  @BeforeEach
  void watch() {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  @Test
  void rules_areReadAsTheyAreWritten_oneForEachMethod() {
    List<FallbackRule> rules =
        listed("a.B$C#load:60s, a.B#isOn=false, a.B#load:24h, a.B#load:5m, a.B#text=x=y#z:60s");

    assertThat(rules)
        .containsExactly(
            new FallbackRule("a.B$C", "load", TimeUnit.SECONDS.toNanos(60), null),
            new FallbackRule("a.B", "isOn", 0, "false"),
            new FallbackRule("a.B", "load", TimeUnit.HOURS.toNanos(24), null),
            new FallbackRule("a.B", "text", 0, "x=y#z:60s"));
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("'a.B#load:5m' is left out: the method");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.B#load",
        "a.B:60s",
        "a.B#load:60",
        "a.B#load:0s",
        "a.B#load:25h",
        "a.*#load:60s",
        "a.B#*=1",
        "#load:60s",
        "a.B#load:-1s",
        "java.util.Map#get:60s",
        "dev.engram.agent.core.A#b=1"
      })
  void whatIsNoRule_isLeftOut_andTold(String text) {
    assertThat(listed(text)).isEmpty();
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("engram.heal.fallback: '" + text + "' is left out");
  }

  @ParameterizedTest
  @CsvSource({
    "false, boolean",
    "7, int",
    "7, java.lang.Long",
    "7.5, double",
    "7, java.lang.String",
    "'', java.lang.String",
    "7, byte",
    "7, short",
    "7, float"
  })
  void setAnswer_isOfTheTypeThatIsReturned(String text, String type) {
    FallbackRule rule = new FallbackRule("a.B", "c", 0, text);

    assertThat(rule.answer(type)).hasToString(type.equals("float") ? "7.0" : text);
    assertThat(rule.unsuitable(type)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"no, boolean", "x, int", "7, void", "7, java.util.List", "300, byte"})
  void setAnswerOfAnotherType_doesNotSuit(String text, String type) {
    assertThat(new FallbackRule("a.B", "c", 0, text).unsuitable(type))
        .startsWith("engram.heal.fallback: nothing stands in for a.B#c, it returns ");
  }

  private static List<FallbackRule> listed(String rules) {
    return FallbackRule.listed(Configuration.of("heal.fallback=" + rules));
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
