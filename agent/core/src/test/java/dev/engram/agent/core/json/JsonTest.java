package dev.engram.agent.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void jsonOfAnyShape_isReadAsFarAsItGoes() {
    String text = "{'a':[1,2.5,true,null,'x\\n\\u0041'],'b':{'c':'d'}}".replace('\'', '"');
    for (int cut = 0; cut < text.length(); cut++) {
      assertThat(Json.parse(text.substring(0, cut)).isWhole()).isFalse();
    }
    Json whole = Json.parse(text);
    assertThat(whole.isWhole()).isTrue();
    assertThat(whole.get("a").elements()).hasSize(5);
    assertThat(whole.get("a").elements().get(4).text()).isEqualTo("x\nA");
    assertThat(whole.get("b").asWritten()).isEqualTo("{\"c\":\"d\"}");
    assertThat(Json.parse(text.substring(0, 12)).get("a").elements()).hasSize(2);
    assertThat(Json.parse("[".repeat(100_000)).isWhole()).isFalse();
  }

  @Test
  void vector_isPassedOver_andWhatFollowsIsRead() {
    String vector = "-1.5e-3,".repeat(100_000) + "2";
    Json json = Json.parse("{\"data\":[[" + vector + "]],\"usage\":7}");

    assertThat(json.isWhole()).isTrue();
    assertThat(json.get("usage").integer()).isEqualTo(7);
    assertThat(json.get("data").elements().get(0).elements()).hasSizeLessThan(100);
    assertThat(json.get("data").asWritten()).hasSize(vector.length() + 4);
    assertThat(Json.parse("[" + "1,".repeat(100) + "[2]]").isWhole()).isTrue();
    assertThat(Json.parse("[" + "1,".repeat(100) + "x]").isWhole()).isFalse();
  }

  @Test
  void wholeNumberBeyond63Bits_isReadAsADecimalOne() {
    Json json = Json.parse("{\"seed\":18446744073709551615,\"least\":-9223372036854775808}");

    assertThat(json.isWhole()).isTrue();
    assertThat(json.get("seed").decimal()).isEqualTo(0x1p64);
    assertThat(json.get("seed").integer()).isNull();
    assertThat(json.get("seed").asWritten()).isEqualTo("18446744073709551615");
    assertThat(json.get("least").integer()).isEqualTo(Long.MIN_VALUE);
    assertThat(Json.parse("-9223372036854775809").integer()).isNull();
    assertThat(Json.parse("9223372036854775807").integer()).isEqualTo(Long.MAX_VALUE);
    assertThat(Json.parse("9223372036854775808").integer()).isNull();
    assertThat(Json.parse("[1-2]").isWhole()).isFalse();
  }

  /** An exception on such a thread costs many times what one number does. */
  @Test
  void manyNumbersBeyond63Bits_costLittleOnADeepStack() {
    String text = "[" + "[18446744073709551615],".repeat(1 << 18) + "1]";

    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    assertThat(parsedBelow(1_000, text).isWhole()).isTrue();
    assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(5_000_000_000L);
  }

  private static Json parsedBelow(int frames, String text) {
    return frames == 0 ? Json.parse(text) : parsedBelow(frames - 1, text);
  }

  @Test
  void textThatIsJsonToItsEnd_isReadWholly_andNoOther() {
    assertThat(Json.parse("{\"a\":[1,true,null],\"b\":\"c\"}").wholly())
        .isEqualTo(Map.of("a", Arrays.asList(1L, true, null), "b", "c"));
    assertThat(Json.parse("{\"a\":1} and more").wholly()).isNull();
    assertThat(Json.parse("{\"a\":1").wholly()).isNull();
    assertThat(Json.parse("no JSON").wholly()).isNull();
  }
}
