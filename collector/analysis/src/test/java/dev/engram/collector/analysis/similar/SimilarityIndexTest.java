package dev.engram.collector.analysis.similar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.similar.SimilarityIndex.Match;
import dev.engram.collector.store.ThrownStack;
import dev.engram.testkit.ProcessorTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SimilarityIndexTest {
  private final SimilarityIndex index = new SimilarityIndex();

  @Test
  void sameError_isFirst_andTheSame() {
    index.add(thrown("E", "other", "a.Other.x", "a.Main.run"));
    int same = index.add(thrown("E", "no box", "a.Orders.place", "a.Main.run"));

    List<Match> found = index.nearest(thrown("E", "no box", "a.Orders.place", "a.Main.run"), 5);

    assertThat(found).hasSize(2);
    assertThat(found.get(0).entry()).isEqualTo(same);
    assertThat(found.get(0).score()).isEqualTo(1, within(1e-9));
    assertThat(found.get(1).score()).isBetween(0.2, 0.7);
  }

  @Test
  void framesNearTheTop_countMore() {
    int top = index.add(thrown("E", null, "a.A.a", "b.B.b", "c.C.c", "x.X.x"));
    int bottom = index.add(thrown("E", null, "y.Y.y", "b.B.b", "c.C.c", "d.D.d"));

    List<Match> found = index.nearest(thrown("E", null, "a.A.a", "b.B.b", "c.C.c", "d.D.d"), 5);

    assertThat(found).extracting(Match::entry).containsExactly(top, bottom);
  }

  @Test
  void rareFrames_countMore() {
    for (int i = 0; i < 20; i++) {
      index.add(thrown("F", null, "z.Z" + (char) ('a' + i) + ".z", "common.C.c"));
    }
    int common = index.add(thrown("E", null, "y.Y.y", "common.C.c"));
    int rare = index.add(thrown("E", null, "y.Y.y", "rare.R.r"));

    double withRare = scoreOf(rare, thrown("E", null, "q.Q.q", "rare.R.r"));
    double withCommon = scoreOf(common, thrown("E", null, "q.Q.q", "common.C.c"));

    assertThat(withRare).isGreaterThan(withCommon);
  }

  @Test
  void innermostCause_isCompared() {
    ThrownStack cause = thrown("java.sql.SQLException", "gone", "a.Dao.query");
    ThrownStack outer =
        new ThrownStack("W", "m", 0, List.of("a.Api.x(A.java:1)"), 0, cause, List.of());
    index.add(outer);

    assertThat(index.nearest(cause, 1).get(0).score()).isEqualTo(1, within(1e-9));
  }

  @Test
  void linesReflectionGeneratedNamesAndTestRunners_doNotMatter() {
    index.add(
        stack(
            "a.Orders$$SpringCGLIB$$0.place(<generated>)",
            "a.Orders.place(Orders.java:7)",
            "jdk.internal.reflect.GeneratedMethodAccessor12.invoke(Unknown Source)",
            "java.lang.reflect.Method.invoke(Method.java:1)",
            "a.Main$3.run(Main.java:3)",
            "org.junit.Runner.run(Runner.java:3)",
            "ide.Starter.main(Starter.java:3)"));

    List<Match> found =
        index.nearest(stack("a.Orders.place(Orders.java:9)", "a.Main$1.run(Main.java:8)"), 1);

    assertThat(found.get(0).score()).isEqualTo(1, within(1e-9));
  }

  @Test
  void errorsWithoutFrames_areFoundByTypeAndWords() {
    index.add(thrown("java.lang.OutOfMemoryError", "Metaspace"));
    int heap = index.add(thrown("java.lang.OutOfMemoryError", "Java heap space"));
    index.add(thrown("E", "Java heap space", "a.A.a"));

    List<Match> found = index.nearest(thrown("java.lang.OutOfMemoryError", "Java heap space"), 5);

    assertThat(found).hasSize(2);
    assertThat(found.get(0).entry()).isEqualTo(heap);
  }

  @Test
  void unknownErrors_teachNothing_andNothingIsFound() {
    assertThat(index.nearest(thrown("E", "m", "a.A.a"), 5)).isEmpty();
    index.add(thrown("F", null, "b.B.b"));
    assertThat(index.nearest(thrown("E", "m", "a.A.a"), 5)).isEmpty();
    assertThat(index.nearest(thrown("E", "m", "a.A.a"), 0)).isEmpty();
  }

  /** All share most of their frames, as errors of one service do. */
  @Test
  void manyErrors_areAnsweredWithoutWalkingAllOfThem() {
    for (int i = 0; i < 20_000; i++) {
      index.add(deep(i));
    }

    ProcessorTime.assertWithin(
        Duration.ofSeconds(20),
        "2,000 questions",
        () -> {
          for (int i = 0; i < 2_000; i++) {
            assertThat(index.nearest(deep(i), 1).get(0).entry()).isEqualTo(i);
          }
        });
  }

  static ThrownStack deep(int number) {
    List<String> frames = new ArrayList<>();
    frames.add("com.acme.c" + name(number) + ".Service.call(Service.java:1)");
    frames.add("com.acme.c" + name(number / 10) + ".Controller.handle(Controller.java:1)");
    for (int i = 0; i < 40; i++) {
      frames.add("org.framework.Chain" + name(i) + ".proceed(Chain.java:1)");
    }
    return new ThrownStack("E", "it failed", 0, frames, 0, null, List.of());
  }

  private static String name(int number) {
    return Integer.toString(number, 36);
  }

  private double scoreOf(int entry, ThrownStack asked) {
    return index.nearest(asked, 100).stream()
        .filter(match -> match.entry() == entry)
        .findFirst()
        .orElseThrow()
        .score();
  }

  private static ThrownStack stack(String... frames) {
    return new ThrownStack("E", null, 0, List.of(frames), 0, null, List.of());
  }

  private static ThrownStack thrown(String type, @Nullable String message, String... methods) {
    List<String> frames = new ArrayList<>();
    for (String method : methods) {
      frames.add(method + "(Source.java:1)");
    }
    return new ThrownStack(type, message, 0, frames, 0, null, List.of());
  }
}
