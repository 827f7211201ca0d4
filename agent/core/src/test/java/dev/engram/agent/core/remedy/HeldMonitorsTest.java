package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.InAppFrames;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class HeldMonitorsTest {
  private static final InAppFrames HERE = HeldMonitorsTest.class.getName()::equals;
  private static final InAppFrames NOWHERE = className -> false;

  @Test
  void monitorOfABlock_orAMethod_ofTheApplication_isOne() {
    assertThat(HeldMonitors.isAny(HERE)).isFalse();
    synchronized (this) {
      assertThat(HeldMonitors.isAny(HERE)).isTrue();
    }
    assertThat(isAnyInside(HERE)).isTrue();
    assertThat(HeldMonitors.isAny(HERE)).isFalse();
  }

  /** A server may hold one for the whole request. */
  @Test
  void monitorThatALibraryHolds_isNone() {
    synchronized (this) {
      assertThat(HeldMonitors.isAny(NOWHERE)).isFalse();
    }
  }

  @Test
  void valueThatIsComputedForAMap_makesOthersWait() {
    ConcurrentHashMap<String, Boolean> prices = new ConcurrentHashMap<>();

    assertThat(prices.computeIfAbsent("book", absent -> HeldMonitors.isAny(NOWHERE))).isTrue();
  }

  /** As it is asked of a virtual thread, which the JVM's beans do not know. */
  @Test
  void synchronizedMethod_isFoundOnTheStack() {
    assertThat(HeldMonitors.isInSynchronizedMethod(HERE)).isFalse();
    assertThat(isInside(HERE)).isTrue();
    assertThat(isInside(NOWHERE)).isFalse();
  }

  private synchronized boolean isAnyInside(InAppFrames inApp) {
    return HeldMonitors.isAny(inApp);
  }

  private static synchronized boolean isInside(InAppFrames inApp) {
    return HeldMonitors.isInSynchronizedMethod(inApp);
  }
}
