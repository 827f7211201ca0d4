package dev.engram.agent.core.instrument;

import static dev.engram.agent.core.instrument.InstalledSamples.INSTALLER;
import static dev.engram.agent.core.instrument.InstalledSamples.application;
import static dev.engram.agent.core.instrument.InstalledSamples.call;
import static dev.engram.agent.core.instrument.InstalledSamples.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Greeter;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Modules are switched off and on, and say what became of them. */
@ExtendWith(InstalledSamples.class)
class SwitchedModulesTest {
  @Test
  void switchOff_whileRunning_stopsEntersButClosesWhatIsOpen() {
    new Greeter().greetAfter(() -> String.valueOf(INSTALLER.switchOff("closing")));
    assertThat(Calls.seen()).containsExactly("enter", "exit Greeter");

    new Greeter().greetAfter(() -> "off");
    assertThat(Calls.seen()).hasSize(2);

    assertThat(INSTALLER.switchOn("closing")).isTrue();
    new Greeter().greetAfter(() -> "on");
    assertThat(Calls.seen()).hasSize(4);
  }

  @Test
  void switchCount_risesWithWhatChanges() {
    SwitchCount count = SwitchCount.of("polite");
    int before = count.get();

    INSTALLER.switchOn("polite");
    assertThat(count.get()).isEqualTo(before);

    INSTALLER.switchOff("polite");
    INSTALLER.switchOff("polite");
    INSTALLER.switchOn("polite");
    assertThat(count.get()).isEqualTo(before + 2);
  }

  @Test
  void switchOff_forUnknownModule_saysSo() {
    assertThat(INSTALLER.switchOff("no-such-module")).isFalse();
  }

  @Test
  void switchOff_beforeLinking_holds() throws Exception {
    INSTALLER.switchOff("polite");
    try (URLClassLoader application = application()) {
      call(application.loadClass("com.acme.Butler"), "bow");
      assertThat(Calls.seen()).isEmpty();
    } finally {
      INSTALLER.switchOn("polite");
    }
  }

  @Test
  void module_isWhole_onlyWhereItWasInPlaceAllTheTime() {
    assertThat(INSTALLER.isWhole("noting")).isTrue();
    assertThat(INSTALLER.isWhole("disabled")).isFalse();

    INSTALLER.switchOff("polite");
    INSTALLER.switchOn("polite");
    assertThat(INSTALLER.isWhole("polite")).isFalse();
  }

  @Test
  void reports_sayWhatBecameOfEachModule() throws Exception {
    new Greeter().greet("you");
    assertThat(report("noting").state()).isEqualTo("on");
    assertThat(report("noting").classes()).isPositive();
    assertThat(report("noting").names()).contains("com.acme.Greeter");
    assertThat(report("noting").callSites()).isPositive();
    assertThat(report("noting").notes()).isEmpty();
    assertThat(report("broken").state()).isEqualTo("broken");
    assertThat(report("broken").problems()).singleElement().asString().contains("cannot say");
    assertThat(report("disabled").state()).isEqualTo("off by setting");
    assertThat(report("no-such-method").notes())
        .containsExactly("no method for NotingAdvice in com.acme.Greeter");
    assertThat(INSTALLER.leftAlone()).containsOnlyKeys("jdk", "agents", "libraries", "generated");
    assertThat(INSTALLER.leftAlone().get("jdk")).isPositive();
  }

  @Test
  void reports_followTheSwitches() {
    long before = INSTALLER.changes();
    INSTALLER.switchOff("polite");
    assertThat(report("polite").state()).isEqualTo("switched off");
    assertThat(INSTALLER.changes()).isGreaterThan(before);
    INSTALLER.switchOn("polite");
    assertThat(report("polite").state()).isEqualTo("on");
  }
}
