package dev.engram.agent.core.instrument;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Butler;
import com.acme.Greeter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFileTextsTest {
  private static final String LITERAL = "at your service";

  private final ClassFileTexts texts =
      new ClassFileTexts(List.of("bow", "wave", "com/acme/Polite", LITERAL, "bow"));

  private byte[] butler;

  @BeforeEach
  void read() throws IOException {
    butler = fileOf(Butler.class);
  }

  @Test
  void heldBy_classFile_hasItsNamesTypesAndLiterals() {
    assertThat(texts.heldBy(butler))
        .isEqualTo(texts.of(List.of("bow", "com/acme/Polite", LITERAL)));
  }

  @Test
  void mayMatch_asksTheFileBeforeTheCondition() throws IOException {
    TypeMatch bowing =
        TypeMatch.where("com.acme.Polite", named("com.acme.Butler")).mentioning("bow");
    Catalogue catalogue =
        new Catalogue(List.of(new Catalogue.Entry("polite", TypeInstrumentation.of(bowing))));
    ClassLoader loader = getClass().getClassLoader();
    assertThat(catalogue.mayMatch("com.acme.Butler", loader, butler)).isTrue();
    assertThat(catalogue.mayMatch("com.acme.Greeter", loader, fileOf(Greeter.class))).isFalse();
    assertThat(catalogue.mayMatch("com.acme.Greeter", loader, new byte[0])).isTrue();
  }

  /** Constants of every tag, those of two places among them. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        String.class,
        Math.class,
        java.util.stream.Collectors.class,
        ClassFileTextsTest.class
      })
  void heldBy_anyClass_findsItsOwnName(Class<?> type) throws IOException {
    String name = TypeMatch.type(type.getName());
    ClassFileTexts own = new ClassFileTexts(List.of(name, "no such" + " text".repeat(2)));
    assertThat(own.heldBy(fileOf(type))).isEqualTo(own.of(List.of(name)));
  }

  @Test
  void heldBy_fileCutAnywhere_isUnknownOrWhatItHolds() {
    BitSet whole = texts.heldBy(butler);
    for (int length = 0; length < butler.length; length++) {
      assertThat(texts.heldBy(Arrays.copyOf(butler, length))).isIn(null, whole);
    }
    assertThat(texts.heldBy(Arrays.copyOf(butler, 40))).isNull();
  }

  @Test
  void heldBy_fileWithAnyByteChanged_endsWithoutFailing() {
    for (int at = 0; at < butler.length; at++) {
      for (int flip : new int[] {0x01, 0x80, 0xFF}) {
        byte[] damaged = butler.clone();
        damaged[at] ^= (byte) flip;
        BitSet held = texts.heldBy(damaged);
        assertThat(held == null || held.length() <= 4).isTrue();
      }
    }
  }

  @Test
  void heldBy_whatIsNoClassFile_isUnknown() {
    assertThat(texts.heldBy(new byte[200])).isNull();
    assertThat(texts.heldBy(new byte[0])).isNull();
  }

  private static byte[] fileOf(Class<?> type) throws IOException {
    try (InputStream file =
        type.getResourceAsStream("/" + TypeMatch.type(type.getName()) + ".class")) {
      return file.readAllBytes();
    }
  }
}
