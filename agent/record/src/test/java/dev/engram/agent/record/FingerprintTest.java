package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final InAppFrames IN_APP = InAppFrames.of(List.of());

  @Test
  void lineNumbersAndValuesInMessages_doNotMatter() {
    assertThat(of(thrown("E", "order 17 failed", frame("com.acme.Orders", "place", 10))))
        .isEqualTo(of(thrown("E", "order 4711 failed", frame("com.acme.Orders", "place", 99))));
  }

  @Test
  void typeMessageAndPlace_matter() {
    long base = of(thrown("E", "failed", frame("com.acme.Orders", "place", 1)));
    assertThat(base)
        .isNotEqualTo(of(thrown("F", "failed", frame("com.acme.Orders", "place", 1))))
        .isNotEqualTo(of(thrown("E", "broken", frame("com.acme.Orders", "place", 1))))
        .isNotEqualTo(of(thrown("E", "failed", frame("com.acme.Orders", "cancel", 1))))
        .isNotEqualTo(of(thrown("E", "failed", frame("com.acme.Carts", "place", 1))));
  }

  @Test
  void libraryFramesAboveTheApplication_doNotMatter() {
    StackFrame app = frame("com.acme.Orders", "place", 1);
    assertThat(of(thrown("E", null, frame("java.util.ArrayList", "get", 5), app)))
        .isEqualTo(of(thrown("E", null, frame("org.postgresql.Driver", "x", 7), app)));
  }

  @Test
  void innermostCause_decides() {
    ThrowableShape root = thrown("java.sql.SQLException", "timeout", frame("com.acme.Dao", "q", 3));
    assertThat(of(causedBy(thrown("W", "outer 1", frame("com.acme.Api", "a", 1)), root)))
        .isEqualTo(of(causedBy(thrown("X", "outer", frame("com.acme.Job", "b", 2)), root)))
        .isEqualTo(of(root));
  }

  @Test
  void causeOutsideTheApplication_isPlacedByWhatWrapsIt() {
    ThrowableShape root = thrown("E", "timeout", frame("java.net.Socket", "read", 3));
    assertThat(of(causedBy(thrown("W", null, frame("com.acme.Api", "a", 1)), root)))
        .isNotEqualTo(of(causedBy(thrown("W", null, frame("com.acme.Api", "b", 1)), root)));
  }

  @Test
  void generatedNames_areMadeEqual() {
    assertSamePlace("com.acme.Orders$$SpringCGLIB$$0", "place", "com.acme.Orders", "place");
    assertSamePlace(
        "com.acme.Orders$$EnhancerBySpringCGLIB$$1a2b", "place", "com.acme.Orders", "place");
    assertSamePlace("com.acme.Orders$ByteBuddy$Xa1", "place", "com.acme.Orders", "place");
    assertSamePlace("com.acme.Orders_$$_jvst1f_3", "place", "com.acme.Orders", "place");
    assertSamePlace("com.acme.Orders", "lambda$place$0", "com.acme.Orders", "lambda$place$7");
    assertSamePlace("com.acme.Orders", "lambda$place$0", "com.acme.Orders", "place");
    assertSamePlace("com.acme.Orders$1", "run", "com.acme.Orders$27", "run");
    assertSamePlace("com.acme.Orders", "access$000", "com.acme.Orders", "access$100");
  }

  @Test
  void generatedFrames_arePassedOver() {
    StackFrame app = frame("com.acme.Orders", "place", 1);
    for (String generated :
        List.of(
            "com.acme.$Proxy17",
            "com.acme.Orders$$Lambda$14/0x0000",
            "com.acme.GeneratedMethodAccessor4",
            "com.acme.Orders$$FastClassBySpringCGLIB$$1")) {
      assertThat(of(thrown("E", null, frame(generated, "invoke", -1), app)))
          .as(generated)
          .isEqualTo(of(thrown("E", null, app)));
    }
  }

  @Test
  void recursion_doesNotMatter() {
    StackFrame app = frame("com.acme.Tree", "walk", 1);
    assertThat(of(thrown("E", null, app, app, app, app))).isEqualTo(of(thrown("E", null, app)));
  }

  @Test
  void stackThatRanOut_isPlacedByTheMethodsThatCallEachOther() {
    StackFrame walk = frame("com.acme.Tree", "walk", 1);
    StackFrame visit = frame("com.acme.Node", "visit", 2);
    StackFrame leaf = frame("com.acme.Leaf", "name", 3);
    String type = "java.lang.StackOverflowError";

    long base = of(thrown(type, null, walk, visit, walk, visit, walk, visit));
    assertThat(of(thrown(type, null, leaf, visit, walk, visit, walk, visit, walk))).isEqualTo(base);
    assertThat(of(thrown(type, null, walk, walk, walk, walk))).isNotEqualTo(base);
  }

  @Test
  void guards_arePlacedByTheirCaller() {
    StackFrame app = frame("com.acme.Orders", "place", 1);
    for (StackFrame guard :
        List.of(
            frame("com.acme.Validate", "notEmpty", 1),
            frame("com.acme.RangeUtils", "checkRange", 1),
            frame("com.acme.NoBoxException", "of", 1))) {
      assertThat(of(thrown("E", null, guard, app))).isEqualTo(of(thrown("E", null, app)));
    }
    for (StackFrame own :
        List.of(
            frame("com.acme.RangeUtils", "parse", 1),
            frame("com.acme.RangeUtils", "checksum", 1),
            frame("com.acme.Orders", "checkStock", 1))) {
      assertThat(of(thrown("E", null, own, app))).isNotEqualTo(of(thrown("E", null, app)));
    }
  }

  @Test
  void testMethods_areOnePlace() {
    assertSamePlace("com.acme.OrdersTest", "places", "com.acme.OrdersTest$1", "cancels");
    assertSamePlace("com.acme.TestOrders", "places", "com.acme.TestOrders", "cancels");
    assertThat(of(thrown("E", null, frame("com.acme.Testimony", "a", 1))))
        .isNotEqualTo(of(thrown("E", null, frame("com.acme.Testimony", "b", 1))));
  }

  @Test
  void errorsOfTheSurroundings_areTypeAndTarget_whereverTheyAreMet() {
    StackFrame socket = frame("java.net.Socket", "connect", 3);
    ThrowableShape refused = thrown("java.net.ConnectException", "Connection refused", socket);
    StackFrame one = frame("com.acme.Api", "a", 1);
    StackFrame two = frame("com.acme.Job", "b", 2);

    long base = of(causedBy(thrown("W", "Connection to db:5432 refused", one), refused));
    assertThat(base)
        .isEqualTo(of(causedBy(thrown("X", "no db/10.0.0.7:5432: again", two), refused)))
        .isEqualTo(
            of(causedBy(thrown("W", "jdbc:postgresql://u:p@db:5432/x failed", two), refused)))
        .isNotEqualTo(of(causedBy(thrown("W", "Connection to db:5433 refused", one), refused)))
        .isNotEqualTo(of(causedBy(thrown("W", "at 10:15:30", one), refused)));
    assertThat(of(thrown("java.net.UnknownHostException", "db", one)))
        .isEqualTo(of(thrown("java.net.UnknownHostException", "db: Name not known", two)))
        .isNotEqualTo(of(thrown("java.net.UnknownHostException", "cache", one)));
    assertThat(of(causedBy(thrown("W", null, one), refused)))
        .isNotEqualTo(of(causedBy(thrown("W", null, two), refused)));
  }

  @Test
  void messageThatIsAValue_doesNotMatter() {
    StackFrame app = frame("com.acme.Files", "read", 1);
    assertThat(of(thrown("java.nio.file.NoSuchFileException", "/a/b.txt", app)))
        .isEqualTo(of(thrown("java.nio.file.NoSuchFileException", "/c", app)));
  }

  @Test
  void whereNothingIsOfTheApplication_librariesAreNearerThanThePlatform() {
    StackFrame list = frame("java.util.ArrayList", "get", 5);
    StackFrame driver = frame("org.postgresql.Driver", "x", 7);
    StackFrame pool = frame("com.zaxxer.hikari.Pool", "y", 7);

    assertThat(of(thrown("E", null, list, driver)))
        .isEqualTo(of(thrown("E", null, driver)))
        .isNotEqualTo(of(thrown("E", null, list, pool)));
    assertThat(of(thrown("E", null, list)))
        .isNotEqualTo(of(thrown("E", null, frame("java.util.ArrayList", "set", 5))));
  }

  @Test
  void nothingAtAll_hasAFingerprint() {
    assertThat(of(thrown("", null))).isNotZero();
    assertThat(Fingerprint.label(0x1f0c9a77b3d2ffffL)).isEqualTo("E-1f0c9a77b3d2");
    assertThat(Fingerprint.label(1)).isEqualTo("E-000000000000");
  }

  /** A change here is a change for every remedy that was learned: raise the version. */
  @Test
  void versionTwo_givesTheseValues() {
    assertThat(Fingerprint.VERSION).isEqualTo(2);
    assertThat(of(thrown("com.acme.OrderFailed", "order 17", frame("com.acme.Orders", "place", 4))))
        .isEqualTo(9014652312413832585L);
    assertThat(of(thrown("java.lang.NullPointerException", null))).isEqualTo(-2484561641729946000L);
  }

  @Test
  void configuredPackages_replaceTheGuess() {
    InAppFrames configured = InAppFrames.of(List.of("org.apache.commons", "com.acme."));
    assertThat(configured.isInApp("org.apache.commons.lang3.Range")).isTrue();
    assertThat(configured.isInApp("org.apache.commonsx.Range")).isFalse();
    assertThat(configured.isInApp("com.acme.Orders")).isTrue();
    assertThat(configured.isInApp("com.other.Orders")).isFalse();
    assertThat(IN_APP.isInApp("com.other.Orders")).isTrue();
    assertThat(IN_APP.isInApp("org.apache.commons.lang3.Range")).isFalse();
  }

  private static void assertSamePlace(
      String class1, String method1, String class2, String method2) {
    assertThat(of(thrown("E", null, frame(class1, method1, 1))))
        .as("%s#%s and %s#%s", class1, method1, class2, method2)
        .isEqualTo(of(thrown("E", null, frame(class2, method2, 2))));
  }

  private static long of(ThrowableShape thrown) {
    return Fingerprint.of(thrown, IN_APP);
  }

  private static ThrowableShape thrown(
      String type, @Nullable String message, StackFrame... frames) {
    return new ThrowableShape(type, message, 0, Arrays.asList(frames), 0, null, List.of());
  }

  private static ThrowableShape causedBy(ThrowableShape outer, ThrowableShape cause) {
    return new ThrowableShape(
        outer.type(), outer.message(), 0, outer.frames(), 0, cause, List.of());
  }

  private static StackFrame frame(String className, String methodName, int line) {
    return new StackFrame(className, methodName, null, line);
  }

  @Test
  void nearest_isOfTheApplication_elseOutsideLibraries_elseInnermost() {
    StackFrame library = new StackFrame("org.apache.commons.lang3.Range", "of", "Range.java", 1);
    StackFrame vendor = new StackFrame("com.vendor.Client", "call", "Client.java", 2);
    StackFrame own = new StackFrame("com.acme.Orders", "place", "Orders.java", 3);
    InAppFrames acme = InAppFrames.of(List.of("com.acme"));

    assertThat(acme.nearest(List.of(library, vendor, own))).isEqualTo(own);
    assertThat(acme.nearest(List.of(library, vendor))).isEqualTo(vendor);
    assertThat(acme.nearest(List.of(library))).isEqualTo(library);
  }
}
