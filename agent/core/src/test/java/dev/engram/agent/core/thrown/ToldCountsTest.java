package dev.engram.agent.core.thrown;

import static dev.engram.agent.core.thrown.ToldThrows.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.thrown.ToldThrows.Told;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;

/** Counts are told once, a period at a time, and again later when they are refused. */
class ToldCountsTest {
  private final ToldThrows told = new ToldThrows(ToldCountsTest.class);

  @Test
  void refusedCount_isToldWithTheNext() {
    number();
    told.refuses = true;
    told.counts.tell();
    assertThat(told.all).isEmpty();

    told.refuses = false;
    number();
    told.counts.tell();
    assertThat(told.ofType(NUMBER)).isEqualTo(2);
    assertThat(told.sites(NUMBER)).singleElement().extracting(Told::count).isEqualTo(2L);
  }

  @Test
  void refusedSite_isToldLater_andOnce() {
    number();
    told.refusesSites = true;
    told.counts.tell();
    number();
    told.counts.tell();
    assertThat(told.ofType(NUMBER)).isEqualTo(2);
    assertThat(told.sites(NUMBER)).isEmpty();

    told.refusesSites = false;
    told.counts.beat();
    assertThat(told.sites(NUMBER)).extracting(Told::count).containsExactly(1L);
    told.counts.tell();
    told.counts.tell();
    assertThat(told.ofType(NUMBER)).isEqualTo(2);
    assertThat(told.sites(NUMBER)).extracting(Told::count).containsExactly(1L, 1L);
  }

  @Test
  void manySites_areToldOverSeveralBeats_theLargestFirst() throws ReflectiveOperationException {
    for (int i = 0; i < 250; i++) {
      Throwable thrown = ofNewType("com.acme.Type" + i);
      for (int n = 0; n < (i < 240 ? 1 : 2); n++) {
        told.counts.accept(thrown, 1);
      }
    }
    told.now.addAndGet(10);
    told.counts.beat();
    List<Told> first = told.all.stream().filter(it -> it.site() != null).toList();
    assertThat(told.all.size() - first.size()).isEqualTo(250);
    assertThat(first).hasSize(200);
    assertThat(first.subList(0, 10)).extracting(Told::count).containsOnly(2L);

    told.counts.beat();
    assertThat(told.all.stream().filter(it -> it.site() != null).mapToLong(Told::count).sum())
        .isEqualTo(260);
  }

  @Test
  void beat_tellsWhenThePeriodIsOver_andOnlyWhatIsNew() {
    number();
    told.counts.beat();
    assertThat(told.all).isEmpty();

    told.now.addAndGet(10);
    told.counts.beat();
    assertThat(told.ofType(NUMBER)).isEqualTo(1);

    told.all.clear();
    told.now.addAndGet(10);
    told.counts.beat();
    assertThat(told.all).isEmpty();
  }

  /** Whose loader sees no class of the tests, so that instrumentation of another test passes by. */
  private static Throwable ofNewType(String name) throws ReflectiveOperationException {
    return new ByteBuddy()
        .subclass(Exception.class)
        .name(name)
        .make()
        .load(ClassLoader.getPlatformClassLoader())
        .getLoaded()
        .getConstructor()
        .newInstance();
  }

  private void number() {
    told.counts.accept(new NumberFormatException(), 1);
  }
}
