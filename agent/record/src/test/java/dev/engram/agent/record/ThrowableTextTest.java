package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrowableTextTest {
  private static final StackFrame PLACE = new StackFrame("com.acme.Shop", "buy", "Shop.java", 17);

  @Test
  void whatPrintStackTraceGives_isTheThrowableAgain() {
    IllegalStateException thrown =
        new IllegalStateException("two\nlines: of it", new UnsupportedOperationException());
    thrown.addSuppressed(new Error("beside", new ArithmeticException("below")));

    assertSame(parse(printed(thrown)), thrown);
    assertSame(parse(printed(thrown).replace("\n", "\r\n")), thrown);
  }

  @Test
  void circularReferences_end() {
    Exception thrown = new Exception("a");
    Exception other = new Exception("b", thrown);
    thrown.initCause(other);

    ThrowableShape read = parse(printed(thrown));

    assertThat(read.cause()).isNotNull();
    assertThat(read.cause().message()).isEqualTo("b");
    assertThat(read.cause().cause()).isNull();
  }

  @Test
  void recursionToTheEnd_keepsItsFrames() {
    ThrowableShape read = parse(printed(overflow()));

    assertThat(read.type()).isEqualTo("java.lang.StackOverflowError");
    assertThat(read.message()).isNull();
    assertThat(read.frames()).hasSizeGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.Shop.buy(Shop.java:17)",
        "app//com.acme.Shop.buy(Shop.java:17)",
        "acme.shop@1.2/com.acme.Shop.buy(Shop.java:17)",
        "app//acme.shop@1.2/com.acme.Shop.buy(Shop.java:17)",
        "com.acme.Shop.buy(Shop.java:17) [classes/:na]",
        "com.acme.Shop.buy(Shop.java:17) ~[shop.jar!/:1.2]",
      })
  void modulesLoadersAndJars_areNoPartOfAFrame(String frame) {
    assertThat(parse("com.acme.NoBox: no box\n\tat " + frame).frames()).containsExactly(PLACE);
  }

  @Test
  void oddFrames_areKept() {
    ThrowableShape read =
        parse(
            """
            com.acme.NoBox
            \tat java.base/java.lang.Object.wait(Native Method)
            \tat com.acme.Shop$$Lambda/0x00007f1c08000a00.accept(Unknown Source)
            \tat com.acme.ShopTest.buys a box(ShopTest.kt:3)
            \tat com.acme.Shop.<init>(Shop.java)
            """);

    assertThat(read.frames())
        .containsExactly(
            new StackFrame("java.lang.Object", "wait", null, -2),
            new StackFrame("com.acme.Shop$$Lambda/0x00007f1c08000a00", "accept", null, -1),
            new StackFrame("com.acme.ShopTest", "buys a box", "ShopTest.kt", 3),
            new StackFrame("com.acme.Shop", "<init>", "Shop.java", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-01 10:00:00 ERROR [main] c.a.Shop - request failed\nsecond line\n",
        "Exception in thread \"main\" ",
        "10:00 ERROR request 17 failed: ",
        "\n\n   ",
        "Caused by: ",
      })
  void whatALogSaysBefore_isNoPartOfTheTrace(String before) {
    ThrowableShape read =
        parse(before + "java.io.IOException: no box\n\tat com.acme.Shop.buy(Shop.java:17)");

    assertThat(read.type()).isEqualTo("java.io.IOException");
    assertThat(read.message()).isEqualTo("no box");
    assertThat(read.frames()).containsExactly(PLACE);
  }

  @Test
  void linesAmongFrames_andTheNextTrace_areNoPartOfIt() {
    ThrowableShape read =
        parse(
            """
            com.acme.NoBox: no box
            \tat com.acme.Shop.buy(Shop.java:17)
            10:00 INFO another thread
            \tat com.acme.Shop.buy(Shop.java:17)
            com.acme.Other: other
            \tat com.acme.Other.x(Other.java:1)
            """);

    assertThat(read.message()).isEqualTo("no box");
    assertThat(read.frames()).containsExactly(PLACE, PLACE);
  }

  @Test
  void messagesThatTalkOfPlaces_areMessages() {
    String message =
        "Unexpected token\n at [Source: (String)\"{\"; line: 1, column: 2] (through: a.B[\"c\"])"
            + "\n-> at com.acme.ShopTest.buys(ShopTest.java:3)";

    ThrowableShape read =
        parse("com.acme.JsonException: " + message + "\n\tat com.acme.Shop.buy(Shop.java:17)");

    assertThat(read.message()).isEqualTo(message);
    assertThat(read.frames()).containsExactly(PLACE);
  }

  @Test
  void framesWithoutAHeadline_andAHeadlineWithoutFrames_areSomething() {
    assertThat(parse("\tat com.acme.Shop.buy(Shop.java:17)"))
        .isEqualTo(new ThrowableShape("", null, 0, List.of(PLACE), 0, null, List.of()));
    assertThat(parse("java.lang.OutOfMemoryError: Java heap space"))
        .isEqualTo(
            new ThrowableShape(
                "java.lang.OutOfMemoryError", "Java heap space", 0, List.of(), 0, null, List.of()));
    assertThat(parse("it went wrong [17]: sorry\n\tat com.acme.Shop.buy(Shop.java:17)").type())
        .isEqualTo("it went wrong [17]");
  }

  @Test
  void omittedFramesOfNothing_areCounted() {
    assertThat(parse("a.B: c\n\tat com.acme.Shop.buy(Shop.java:17)\n\t... 7 more").omittedFrames())
        .isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\r\n", "it went wrong", "at home (all day)", "10:15: Shop.buy"})
  void otherText_isNoTrace(String text) {
    assertThat(ThrowableText.parse(text)).isNull();
  }

  @Test
  void endlessCauses_areBounded() {
    StringBuilder text = new StringBuilder("a.B: c\n\tat com.acme.Shop.buy(Shop.java:17)\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("Caused by: a.B: ").append(i).append("\n\tat com.acme.Shop.buy(Shop.java:17)\n");
    }

    int causes = 0;
    for (ThrowableShape it = parse(text.toString()); it != null; it = it.cause()) {
      causes++;
    }

    assertThat(causes).isBetween(100, 300);
  }

  private static ThrowableShape parse(String text) {
    ThrowableShape read = ThrowableText.parse(text);
    assertThat(read).isNotNull();
    return read;
  }

  private static void assertSame(ThrowableShape read, Throwable thrown) {
    assertThat(read.type()).isEqualTo(thrown.getClass().getName());
    assertThat(read.message()).isEqualTo(thrown.getMessage());
    assertThat(read.frames())
        .extracting(StackFrame::className, StackFrame::methodName, StackFrame::lineNumber)
        .containsExactlyElementsOf(
            List.of(thrown.getStackTrace()).stream()
                .map(it -> tuple(it.getClassName(), it.getMethodName(), it.getLineNumber()))
                .toList());
    assertThat(read.cause() == null).isEqualTo(thrown.getCause() == null);
    if (thrown.getCause() != null && read.cause() != null) {
      assertSame(read.cause(), thrown.getCause());
    }
    assertThat(read.suppressed()).hasSameSizeAs(thrown.getSuppressed());
    for (int i = 0; i < thrown.getSuppressed().length; i++) {
      assertSame(read.suppressed().get(i), thrown.getSuppressed()[i]);
    }
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static Throwable overflow() {
    try {
      return overflow();
    } catch (StackOverflowError thrown) {
      return thrown;
    }
  }
}
