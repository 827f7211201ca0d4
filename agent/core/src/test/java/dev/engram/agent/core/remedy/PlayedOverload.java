package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.tuple;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A service that refuses most of its calls as long as there is no limit, and who looks at it. */
final class PlayedOverload implements BeforeEachCallback, AfterEachCallback {
  static final String ACTION = "limit http a:80";

  /** Looks that a window needs where calls end soon. */
  static final int SETTLING = 1;

  static final int WINDOW = SETTLING + OverloadWatch.COUNTED;
  static final int PAIR = 2 * WINDOW;

  private static final String PLACE = "http a:80";
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final MemorySink sink = new MemorySink();
  private final LimitedPeer peer = new LimitedPeer(PLACE, 0);
  private final OverloadWatch watch = new OverloadWatch(peer, () -> this.limitedFirst);
  private long now;

  /** The order of the windows of each pair. */
  boolean limitedFirst = true;

  /** In a second, without a limit, and with one. */
  int answered = 10;

  int answeredLimited = 10;
  int refused = 30;
  int refusedLimited;

  @Override
  public void beforeEach(ExtensionContext context) {
    CaptureFixture.start(sink);
    Healing.start(className -> true, HealLevel.AUTO);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    Capture.stop();
  }

  LimitedPeer peer() {
    return peer;
  }

  /** Null where it is not limited. */
  @Nullable ConcurrencyLimit limit() {
    return peer.limit();
  }

  /** Calls, and a look at the end of each second. */
  void seconds(int count) {
    for (int i = 0; i < count; i++) {
      boolean limited = peer.isLimited();
      calls(limited ? answeredLimited : answered, LimitedCall.Outcome.ANSWERED);
      calls(limited ? refusedLimited : refused, LimitedCall.Outcome.REFUSED);
      now += SECOND;
      watch.beat(now);
    }
  }

  private void calls(int count, LimitedCall.Outcome outcome) {
    for (int i = 0; i < count; i++) {
      peer.ended(peer.begin(), outcome);
    }
  }

  static void apply(Remedy.State state) {
    GivenLimit.apply(new Remedy("R-000000000001", ACTION, 0, state, 0.5));
  }

  List<RemedyAttemptRecord> attempts() {
    return sink.all(RemedyAttemptRecord.class);
  }

  /** What, for whom, and with which result. */
  List<Tuple> told() {
    return attempts().stream().map(it -> tuple(it.remedyId(), it.arm(), it.result())).toList();
  }

  static Tuple of(String arm, String result) {
    return tuple(ACTION, arm, result);
  }
}
