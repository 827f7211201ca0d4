package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.remedy.LimitedCall.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitedPeerTest {
  private final LimitedPeer peer = new LimitedPeer("http a:80", 0);

  @Test
  void firstLimit_hasAsManyPlacesAsCallsAreUnderWay() {
    List<CallWindow> calls = begun(8);
    calls.subList(0, 3).forEach(it -> peer.ended(it, Outcome.ANSWERED));
    peer.limited(true);

    assertThat(limit()).returns(5, ConcurrencyLimit::limit).returns(0, ConcurrencyLimit::underWay);
  }

  @Test
  void limit_goesOn_fromOneLimitedWindowToTheNext() {
    peer.limited(true);
    ConcurrencyLimit limit = limit();
    peer.open(1);
    peer.limited(true);

    assertThat(limit()).isSameAs(limit);
    assertThat(limit.isClosed()).isFalse();
  }

  @Test
  void limitAfterAWindowWithout_hasThePlacesOfTheOneBefore_andNobodyInThem() {
    peer.limited(true);
    ConcurrencyLimit first = limit();
    while (first.limit() < 7) {
      first.take();
      first.answered();
    }
    peer.limited(false);
    assertThat(peer.limit()).isNull();
    assertThat(first.isClosed()).as("nobody waits any more").isTrue();

    begun(100);
    peer.limited(true);
    assertThat(limit()).returns(7, ConcurrencyLimit::limit).returns(0, ConcurrencyLimit::underWay);
  }

  @Test
  void limitOfAnotherOverload_beginsAnew() {
    peer.limited(true);
    peer.end();
    assertThat(peer.limit()).isNull();

    begun(6);
    peer.limited(true);
    assertThat(limit().limit()).isEqualTo(6);
  }

  @Test
  void call_countsForTheWindowThatItEndsIn() {
    List<CallWindow> calls = begun(3);
    peer.open(1);
    assertThat(peer.isSettled()).isFalse();
    peer.ended(calls.get(0), Outcome.ANSWERED);
    peer.ended(calls.get(1), Outcome.REFUSED);
    peer.ended(calls.get(2), Outcome.UNKNOWN);
    peer.waited(30);

    assertThat(peer.isSettled()).isTrue();
    assertThat(peer.take(11)).isEqualTo(new CallWindow.Counts(10, 1, 1, 30));
    assertThat(peer.take(12)).isEqualTo(new CallWindow.Counts(1, 0, 0, 0));
  }

  /** One of ten may last for long, or its end may never be told. */
  @ParameterizedTest
  @CsvSource({"20, 18", "15, 13", "5, 4", "4, 4", "1, 1"})
  void window_isSettled_onceNineOfTenCallsFromBeforeHaveEnded(int before, int enough) {
    List<CallWindow> calls = begun(before);
    peer.open(1);
    begun(50);
    calls.subList(0, enough - 1).forEach(it -> peer.ended(it, Outcome.UNKNOWN));
    assertThat(peer.isSettled()).isFalse();

    peer.ended(calls.get(enough - 1), Outcome.UNKNOWN);
    assertThat(peer.isSettled()).isTrue();
  }

  @Test
  void release_isSeen_untilItIsLimitedAnew() {
    peer.release();
    assertThat(peer.isReleased()).as("nothing to release").isFalse();
    peer.limited(true);
    peer.release();
    assertThat(peer.isReleased()).isTrue();

    peer.end();
    peer.limited(true);
    assertThat(peer.isReleased()).isFalse();
  }

  private List<CallWindow> begun(int calls) {
    return Stream.generate(peer::begin).limit(calls).toList();
  }

  private ConcurrencyLimit limit() {
    return Objects.requireNonNull(peer.limit());
  }
}
