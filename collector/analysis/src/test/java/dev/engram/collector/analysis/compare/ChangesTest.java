package dev.engram.collector.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.compare.Change.Kind;
import dev.engram.collector.analysis.gate.Limits;
import dev.engram.collector.analysis.gate.RunProfile;
import dev.engram.collector.analysis.gate.RunProfile.AiSpend;
import dev.engram.collector.analysis.gate.RunProfile.SeenError;
import dev.engram.collector.analysis.gate.RunProfile.SeenTiming;
import dev.engram.collector.analysis.gate.RunProfile.Timed;
import dev.engram.collector.analysis.gate.Timing;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTest {
  private static final Timing FAST = new Timing(500, 10_000_000, 0.02);
  private static final Timing SLOW = new Timing(500, 20_000_000, 0.02);
  private static final int PAIRS = 300;

  @Test
  void slowerAndFaster_areTold_withTheirIntervals() {
    List<Change> changes =
        changes(
            profile(List.of(), route("GET /a", FAST), statement("select 1", SLOW)),
            profile(List.of(), route("GET /a", SLOW), statement("select 1", FAST)));

    assertThat(changes)
        .extracting(Change::kind)
        .containsExactly(Kind.ROUTE_SLOWER, Kind.STATEMENT_FASTER);
    Change slower = changes.get(0);
    assertThat(slower.ratio()).isEqualTo(2);
    assertThat(slower.ratioLow()).isBetween(1.7, 2.0);
    assertThat(slower.ratioHigh()).isBetween(2.0, 2.3);
    assertThat(slower.before().medianNanos()).isEqualTo(10_000_000);
    assertThat(slower.after().medianNanos()).isEqualTo(20_000_000);
    assertThat(changes.get(1).ratio()).isEqualTo(0.5);
    assertThat(changes.get(1).ratioHigh()).isBetween(0.5, 0.6);
  }

  @Test
  void fewExecutions_areNotCompared() {
    Timing few = new Timing(29, 90_000_000, 0);

    assertThat(
            changes(
                profile(List.of(), route("GET /a", FAST)),
                profile(List.of(), route("GET /a", few))))
        .isEmpty();
  }

  @Test
  void errors_areNewGoneMoreOrLessFrequent_byTheirRates() {
    SeenTiming route = route("GET /a", FAST);

    assertThat(
            kinds(
                profile(errors("E-gone", 20, "E-more", 5, "E-less", 90, "E-same", 50), route),
                profile(errors("E-new", 1, "E-more", 60, "E-less", 10, "E-same", 53), route)))
        .containsExactly(
            Kind.ERROR_NEW, Kind.ERROR_MORE_FREQUENT, Kind.ERROR_LESS_FREQUENT, Kind.ERROR_GONE);
  }

  @Test
  void errorOfSoManyMoreRequests_isAsFrequent() {
    Timing ten = new Timing(5_000, 10_000_000, 0.02);

    assertThat(
            kinds(
                profile(errors("E-1", 20), route("GET /a", FAST)),
                profile(errors("E-1", 200), route("GET /a", ten))))
        .isEmpty();
  }

  /** Another service's requests say nothing of it. */
  @Test
  void errorOfSeveralServices_isCountedAmongTheirRequests() {
    SeenTiming other = new SeenTiming(Timed.ROUTE, "bank", "GET /b", asked(100));
    SeenTiming busy = new SeenTiming(Timed.ROUTE, "crawler", "GET /c", asked(1_000_000));
    SeenError few = new SeenError("E-1", List.of("bank", "shop"), "a.B", "", 20);
    SeenError many = new SeenError("E-1", List.of("bank", "shop"), "a.B", "", 90);

    Change change =
        changes(
                profile(List.of(few), route("GET /a", FAST), other),
                profile(List.of(many), route("GET /a", FAST), other, busy))
            .stream()
            .filter(it -> it.subject().equals("E-1"))
            .findFirst()
            .orElseThrow();

    assertThat(change.kind()).isEqualTo(Kind.ERROR_MORE_FREQUENT);
    assertThat(change.service()).isEqualTo("bank, shop");
    assertThat(change.after().frequency().requests()).isEqualTo(600);
  }

  @Test
  void rareErrorThatWasNotSeenAgain_isNotGone_norWithoutRequests() {
    RunProfile rare = profile(errors("E-1", 1), route("GET /a", FAST));
    RunProfile often = profile(errors("E-1", 50), route("GET /a", FAST));

    assertThat(kinds(rare, profile(List.of(), route("GET /a", FAST)))).isEmpty();
    assertThat(kinds(often, profile(List.of()))).isEmpty();
  }

  @Test
  void routes_vanishAndAppear_beyondChance() {
    Timing rare = new Timing(1, 10_000_000, 0);

    assertThat(
            changes(
                profile(List.of(), route("GET /old", FAST), route("GET /rare", rare)),
                profile(List.of(), route("GET /new", FAST), route("GET /other", rare))))
        .extracting(Change::kind, Change::subject)
        .containsExactly(
            tuple(Kind.ROUTE_VANISHED, "GET /old"), tuple(Kind.ROUTE_APPEARED, "GET /new"));
  }

  /** As just after a deploy, or with a version that was tried out for a while. */
  @Test
  void whatWasSeenOnceInAMillion_andNotInAHundredOthers_isNoChange() {
    RunProfile many =
        profile(errors("E-1", 1), route("GET /a", asked(1_000_000)), route("GET /rare", asked(1)));
    RunProfile few = profile(List.of(), route("GET /a", asked(100)));

    assertThat(kinds(many, few)).isEmpty();
    assertThat(kinds(few, many)).containsExactly(Kind.ERROR_NEW);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1_000, 10_000})
  void sameService_rarelyDiffersFromItself_howeverDifferentInSize(int times) {
    Random random = new Random(5);
    long wrong =
        IntStream.range(0, PAIRS)
            .filter(i -> differs(drawn(random, 500L * times, 10), drawn(random, 500, 10.0 / times)))
            .count();
    long wrongBack =
        IntStream.range(0, PAIRS)
            .filter(i -> differs(drawn(random, 500, 10.0 / times), drawn(random, 500L * times, 10)))
            .count();

    assertThat(wrong).isLessThan(PAIRS * 2 / 100);
    assertThat(wrongBack).isLessThan(PAIRS * 2 / 100);
  }

  @Test
  void rate_hasTheExactInterval() {
    Frequency ten = new Frequency(10, 1_000);

    assertThat(ten.rate()).isEqualTo(0.01);
    assertThat(ten.low()).isCloseTo(0.004795, within(1e-6));
    assertThat(ten.high()).isCloseTo(0.018390, within(1e-6));
    assertThat(new Frequency(0, 1_000).low()).isZero();
    assertThat(new Frequency(0, 1_000).high()).isCloseTo(0.003689, within(1e-6));
    assertThat(new Frequency(3, 0).high()).isInfinite();
  }

  /** Twenty errors beside a route, as often at the mean. */
  private static RunProfile drawn(Random random, long requests, double mean) {
    List<SeenError> errors =
        IntStream.range(0, 20)
            .mapToObj(
                i -> new SeenError("E-" + i, List.of("shop"), "a.B", "", poisson(random, mean)))
            .filter(error -> error.count() > 0)
            .toList();
    return profile(errors, route("GET /a", asked(requests)));
  }

  private static long poisson(Random random, double mean) {
    long events = 0;
    for (double time = -Math.log(1 - random.nextDouble());
        time < mean;
        time -= Math.log(1 - random.nextDouble())) {
      events++;
    }
    return events;
  }

  /** One that is new is told however rare it is. */
  private static boolean differs(RunProfile before, RunProfile after) {
    return kinds(before, after).stream().anyMatch(kind -> kind != Kind.ERROR_NEW);
  }

  private static Timing asked(long times) {
    return new Timing(times, 10_000_000, 0.02);
  }

  private static List<Kind> kinds(RunProfile before, RunProfile after) {
    return changes(before, after).stream().map(Change::kind).toList();
  }

  private static List<Change> changes(RunProfile before, RunProfile after) {
    Limits limits = Limits.of(Limits.LEAST_COUNT, Limits.TOLERANCE, null);
    return Changes.between(before, after, limits).changes();
  }

  private static List<SeenError> errors(Object... labelsAndCounts) {
    return IntStream.range(0, labelsAndCounts.length / 2)
        .mapToObj(
            i ->
                new SeenError(
                    (String) labelsAndCounts[2 * i],
                    List.of("shop"),
                    "a.B",
                    "broken",
                    (Integer) labelsAndCounts[2 * i + 1]))
        .toList();
  }

  private static SeenTiming route(String name, Timing timing) {
    return new SeenTiming(Timed.ROUTE, "shop", name, timing);
  }

  private static SeenTiming statement(String text, Timing timing) {
    return new SeenTiming(Timed.STATEMENT, "shop", text, timing);
  }

  private static RunProfile profile(List<SeenError> errors, SeenTiming... timings) {
    long requests =
        Stream.of(timings)
            .filter(timing -> timing.timed() == Timed.ROUTE)
            .mapToLong(timing -> timing.timing().count())
            .sum();
    return new RunProfile(
        requests, errors, List.of(), List.of(timings), List.of(), List.of(), new AiSpend(0, 0, 0));
  }
}
