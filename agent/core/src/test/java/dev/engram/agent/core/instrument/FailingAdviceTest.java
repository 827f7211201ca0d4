package dev.engram.agent.core.instrument;

import static dev.engram.agent.core.instrument.InstalledSamples.INSTALLER;
import static dev.engram.agent.core.instrument.InstalledSamples.application;
import static dev.engram.agent.core.instrument.InstalledSamples.call;
import static dev.engram.agent.core.instrument.InstalledSamples.make;
import static dev.engram.agent.core.instrument.InstalledSamples.printedBy;
import static dev.engram.agent.core.instrument.InstalledSamples.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Greeter;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URLClassLoader;
import java.security.ProtectionDomain;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What cannot be instrumented, or fails, is left as it was, with one line. */
@ExtendWith(InstalledSamples.class)
class FailingAdviceTest {
  @Test
  void advice_thatKeepsFailing_switchesItselfOffWithOneLine() {
    String printed =
        printedBy(
            () -> {
              for (int i = 0; i < 3 * AdviceFuse.FAILURES; i++) {
                assertThat(new Greeter().count()).isEqualTo(42);
              }
            });
    assertThat(Calls.seen()).hasSize(AdviceFuse.FAILURES).containsOnly("failing");
    assertThat(INSTALLER.isWhole("failing")).isFalse();
    assertThat(printed.lines())
        .singleElement()
        .asString()
        .startsWith("engram: ")
        .contains("FailingAdvice failed 10 times and is now off")
        .contains("IllegalStateException at ");

    INSTALLER.switchOff("failing");
    INSTALLER.switchOn("failing");
    new Greeter().count();
    assertThat(Calls.seen()).hasSize(AdviceFuse.FAILURES);
    assertThat(report("failing").problems())
        .singleElement()
        .asString()
        .endsWith("FailingAdvice failed 10 times and is off");
  }

  @Test
  void advice_thatCannotInitialise_leavesTheMethodAsItWas() throws Exception {
    Class<?> type = make("com.acme.Unlinked", ClassFileVersion.JAVA_V17);
    assertThat(call(type, "toString")).isEqualTo("made");
    assertThat(Calls.seen()).isEmpty();
  }

  @Test
  void advice_thatIsMissing_leavesTheClassAsItWasWithOneLine() {
    long before = INSTALLER.transformationErrors();
    String printed =
        printedBy(
            () ->
                assertThat(call(make("com.acme.Unadvised", ClassFileVersion.JAVA_V17), "toString"))
                    .isEqualTo("made"));
    assertThat(INSTALLER.transformationErrors()).isEqualTo(before + 1);
    assertThat(printed.lines())
        .singleElement()
        .asString()
        .contains("com.acme.Unadvised is not instrumented");
  }

  /** They are seen by every transformer between two others, as of a Java that does not exist. */
  @Test
  void classFilesOfAFutureJava_areLeftAsTheyWereWithOneLineForAll() throws Exception {
    Instrumentation instrumentation = ByteBuddyAgent.getInstrumentation();
    Version raising = new Version(ClassFileVersion.JAVA_V17.getMajorVersion() + 82);
    Version lowering = new Version(ClassFileVersion.JAVA_V17.getMajorVersion());
    long before = INSTALLER.transformationErrors();
    instrumentation.addTransformer(raising, false);
    instrumentation.addTransformer(lowering, true);
    try (URLClassLoader application = application()) {
      String printed =
          printedBy(
              () -> {
                assertThat(call(future("com.acme.FutureOne", application), "toString"))
                    .isEqualTo("made");
                assertThat(call(future("com.acme.FutureTwo", application), "toString"))
                    .isEqualTo("made");
              });
      assertThat(INSTALLER.transformationErrors()).isEqualTo(before + 2);
      assertThat(printed.lines())
          .singleElement()
          .asString()
          .contains("newer than this agent")
          .contains("com.acme.FutureOne");
    } finally {
      instrumentation.removeTransformer(raising);
      instrumentation.removeTransformer(lowering);
    }
  }

  @Test
  void install_withBrokenModule_keepsTheOthers() {
    assertThat(INSTALLER.modules()).contains("noting").doesNotContain("broken");
  }

  private static Class<?> future(String name, ClassLoader application) {
    return make(name, ClassFileVersion.JAVA_V17, application);
  }

  /** Says of some class files that they are of another version. */
  private record Version(int major) implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] code) {
      if (!name.startsWith("com/acme/Future")) {
        return null;
      }
      byte[] changed = code.clone();
      changed[7] = (byte) major;
      return changed;
    }
  }
}
