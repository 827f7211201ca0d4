package dev.engram.collector.server;

import dev.engram.agent.record.control.MalformedControlFileException;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.remedy.RemedyJudge;
import dev.engram.collector.analysis.remedy.RemedyKind;
import dev.engram.collector.analysis.remedy.RemedyState;
import dev.engram.collector.intake.PrivateFiles;
import dev.engram.collector.store.StoreReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Writes what the services of a home are to do about failures, {@code control/remedies.json}: as
 * soon as it changes, and every few seconds as long as there is something to do, because it holds
 * for no longer than half a minute; the store is asked for a twentieth of the time at most. Nothing
 * is written while the store cannot be asked, or what becomes of attempts is not stored. For one
 * thread at a time.
 */
final class RemedyFile {
  /** So long a file holds that nobody renews. */
  static final Duration HOLDS = Duration.ofSeconds(30);

  static final Duration RENEWED_AFTER = Duration.ofSeconds(5);

  /** Also when nothing was attempted: evidence wilts. */
  static final Duration LOOKED_AGAIN_AFTER = Duration.ofMinutes(1);

  /** Waits of up to 100, 200, 400, 800 and 1,600 ms: what passes has mostly passed by then. */
  private static final int ATTEMPTS = 6;

  private static final int BASE_MILLIS = 100;

  /** Other services are asked less often in vain where they are given more time at first. */
  private static final int BASE_MILLIS_OF_CALLS = 300;

  private static final Pattern CALL = Pattern.compile("retry (http|ai) .*");
  private static final int CAP_MILLIS = 2_000;
  private static final double TRIAL_SHARE = 0.5;

  private final Home home;
  private final StoreReader reader;
  private final LongSupplier attempted;
  private final BooleanSupplier storing;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Trouble trouble;
  private final RemedyDecisions decisions;
  private List<Remedy> wanted = List.of();
  private List<Remedy> written = List.of();
  private long seen = -1;
  private long lookedAt;
  private long restNanos;
  private long writtenAt;
  private long serial;

  /**
   * Of this home.
   *
   * @param attempted rises when the store has new attempts, or something was said of remedies
   * @param storing whether they are stored now; else a remedy that does harm would not be noticed
   * @param log takes one line for a person at a time
   */
  RemedyFile(
      Home home,
      StoreReader reader,
      LongSupplier attempted,
      BooleanSupplier storing,
      Clock clock,
      LongSupplier nanoTime,
      Consumer<String> log) {
    this.home = home;
    this.reader = reader;
    this.attempted = attempted;
    this.storing = storing;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.trouble =
        new Trouble(
            log,
            "what services do about failures is not brought up to date now",
            "; they end it within half a minute");
    this.decisions = new RemedyDecisions(home.folder(), reader);
  }

  /** What cannot be read or written now costs one line, and is tried again. */
  void refresh() {
    if (!storing.getAsBoolean()) {
      return;
    }
    try {
      lookIfNeeded();
      if (!wanted.equals(written) || (!wanted.isEmpty() && isOver(writtenAt, RENEWED_AFTER))) {
        write();
      }
      trouble.isOver();
    } catch (IOException | RuntimeException failure) {
      seen = -1;
      trouble.is(failure);
    }
  }

  private void lookIfNeeded() throws IOException {
    long now = attempted.getAsLong();
    Duration rest = now == seen ? LOOKED_AGAIN_AFTER : Duration.ofNanos(restNanos);
    if (seen != -1 && !isOver(lookedAt, rest)) {
      return;
    }
    long began = nanoTime.getAsLong();
    Instant time = clock.instant();
    long epochNanos = TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    List<JudgedRemedy> judged = RemedyJudge.find(reader, epochNanos);
    decisions.remember(judged, epochNanos);
    wanted =
        judged.stream()
            .filter(JudgedRemedy::isApplied)
            .filter(remedy -> remedy.action().length() <= Remedy.LONGEST_ACTION)
            .limit(Remedies.MOST)
            .map(RemedyFile::remedy)
            .toList();
    lookedAt = nanoTime.getAsLong();
    restNanos = Math.min(LOOKED_AGAIN_AFTER.toNanos(), RestingThread.restNanos(lookedAt - began));
    seen = now;
  }

  private void write() throws IOException {
    Path file = HomeLayout.remedies(home.folder());
    Instant time = clock.instant();
    long next = Math.max(Math.max(serial, serialOf(file)) + 1, time.getEpochSecond());
    serial = Math.min(next, Remedies.HIGHEST_SERIAL);
    String json = new Remedies(serial, time.plus(HOLDS), wanted).toJson();
    home.control();
    PrivateFiles.replace(file, json.getBytes(StandardCharsets.UTF_8));
    written = wanted;
    writtenAt = nanoTime.getAsLong();
  }

  /** That of a collector before this one, perhaps by another clock. */
  private static long serialOf(Path file) throws IOException {
    try {
      return Files.exists(file) ? Remedies.parse(Files.readString(file)).serial() : 0;
    } catch (MalformedControlFileException | CharacterCodingException unusable) {
      return 0;
    }
  }

  private static Remedy remedy(JudgedRemedy judged) {
    boolean active = judged.state() == RemedyState.ACTIVE;
    Remedy.State state = active ? Remedy.State.ACTIVE : Remedy.State.TRIAL;
    double share = active ? 1 : TRIAL_SHARE;
    String id = judged.label();
    String action = judged.action();
    long fingerprint = judged.fingerprint();
    int base = CALL.matcher(action).matches() ? BASE_MILLIS_OF_CALLS : BASE_MILLIS;
    return judged.kind() == RemedyKind.RETRY
        ? new Remedy(id, action, fingerprint, state, share, ATTEMPTS, base, CAP_MILLIS)
        : new Remedy(id, action, fingerprint, state, share);
  }

  private boolean isOver(long since, Duration length) {
    return nanoTime.getAsLong() - since >= length.toNanos();
  }
}
