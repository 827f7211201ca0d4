package dev.engram.agent.instrumentation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ArgumentTextTest {
  @Test
  void plainValues_areThemselves() {
    assertThat(ArgumentText.of(null, true)).isEqualTo("null");
    assertThat(ArgumentText.of(7L, true)).isEqualTo("7");
    assertThat(ArgumentText.of("text", true)).isEqualTo("text");
    assertThat(ArgumentText.of(TimeUnit.DAYS, true)).isEqualTo("DAYS");
  }

  @Test
  void longText_andTextWithoutAName_areTheirClassAlone() {
    assertThat(ArgumentText.of("x".repeat(5_000), true)).isEqualTo("java.lang.String");
    assertThat(ArgumentText.of("geheim", false)).isEqualTo("java.lang.String");
    assertThat(ArgumentText.of(7L, false)).isEqualTo("7");
  }

  @Test
  void hugeNumber_isItsClassAlone() {
    BigInteger huge = BigInteger.ONE.shiftLeft(4_097);

    assertThat(ArgumentText.of(huge, true)).isEqualTo("java.math.BigInteger");
    assertThat(ArgumentText.of(new BigDecimal(huge), true)).isEqualTo("java.math.BigDecimal");
    assertThat(ArgumentText.of(new BigDecimal("7.50"), true)).isEqualTo("7.50");
  }

  @Test
  void everythingElse_isItsClassAlone() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("asked");
          }
        };
    assertThat(ArgumentText.of(hostile, true)).startsWith(ArgumentTextTest.class.getName());
    assertThat(ArgumentText.of(List.of("secret"), true)).doesNotContain("secret");
    assertThat(ArgumentText.of(new byte[3], true)).isEqualTo("[B");
  }

  @Test
  void numberOfTheApplication_isNotAsked() {
    Number ours =
        new Number() {
          private static final long serialVersionUID = 1L;

          @Override
          public int intValue() {
            throw new IllegalStateException("asked");
          }

          @Override
          public long longValue() {
            throw new IllegalStateException("asked");
          }

          @Override
          public float floatValue() {
            throw new IllegalStateException("asked");
          }

          @Override
          public double doubleValue() {
            throw new IllegalStateException("asked");
          }

          @Override
          public String toString() {
            throw new IllegalStateException("asked");
          }
        };
    assertThat(ArgumentText.of(ours, true)).startsWith(ArgumentTextTest.class.getName());
  }
}
