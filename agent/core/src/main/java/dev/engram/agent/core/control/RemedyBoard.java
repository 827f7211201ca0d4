package dev.engram.agent.core.control;

import dev.engram.agent.record.control.MalformedControlFileException;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.ring.HomeLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/**
 * Puts in force the remedies that the collector has found to help, as often as it says that they
 * still do. What cannot be used costs one line, and what held before holds until it expires: by the
 * time that passes, whatever becomes of the clock. Confined to one thread.
 */
public final class RemedyBoard {
  /** Whatever a file says: whoever writes it is to say soon again that it holds. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  private final ControlFile file;
  private final ObjLongConsumer<Remedies> apply;
  private final Supplier<Instant> now;
  private final LongSupplier nanoTime;
  private String stamp = "";
  private String problem = "";
  private boolean saidUnknown;
  private boolean holds;

  /** When what holds ceases to, by {@code nanoTime}. */
  private long until;

  /** Of the latest file that was taken; a lower one is an old copy that somebody put back. */
  private long serial;

  /**
   * The remedies of a home.
   *
   * @param apply is given what holds from now on, and when it ceases to, by {@code nanoTime}; must
   *     not throw
   */
  public RemedyBoard(Path home, ObjLongConsumer<Remedies> apply) {
    this(home, apply, Instant::now, System::nanoTime);
  }

  RemedyBoard(
      Path home, ObjLongConsumer<Remedies> apply, Supplier<Instant> now, LongSupplier nanoTime) {
    Path folder = home.resolve(HomeLayout.CONTROL);
    this.file = new ControlFile(HomeLayout.remedies(home), folder, Remedies.MAX_LENGTH);
    this.apply = apply;
    this.now = now;
    this.nanoTime = nanoTime;
  }

  /** Called about once a second. Never throws. */
  public void beat() {
    String before = stamp;
    stamp = file.stamp();
    try {
      if (!stamp.equals(before)) {
        look();
      }
    } catch (MalformedControlFileException unusable) {
      ignore("is ignored, it " + file.inWords(unusable));
    } catch (IOException | RuntimeException unreadable) {
      stamp = ControlFile.UNREAD;
      ignore("is ignored, it " + file.inWords(unreadable));
    }
    if (holds && nanoTime.getAsLong() - until >= 0) {
      expire();
    }
  }

  private void look() throws MalformedControlFileException, IOException {
    if (stamp.isEmpty()) {
      end();
      return;
    }
    Remedies read = Remedies.parse(file.text());
    if (read.serial() < serial) {
      throw new MalformedControlFileException(
          "is older (serial " + read.serial() + ") than what was read (serial " + serial + ")");
    }
    serial = read.serial();
    Duration left = Duration.between(now.get(), read.expires());
    problem = "";
    if (left.isNegative() || left.isZero()) {
      expire();
      return;
    }
    holds = true;
    until = nanoTime.getAsLong() + (left.compareTo(LONGEST) < 0 ? left : LONGEST).toNanos();
    apply.accept(known(read), until);
  }

  /** A newer collector may write what this version cannot do. */
  private Remedies known(Remedies read) {
    Remedies known = read.known();
    if (known.remedies().size() < read.remedies().size() && !saidUnknown) {
      saidUnknown = true;
      file.say("has remedies of a kind that this agent does not know: they are left out");
    }
    return known;
  }

  /** Of what did not hold, such as the file of a collector of last week, nothing is said. */
  private void expire() {
    if (holds) {
      end();
      ignore("has expired: no remedy is applied until a collector writes it anew");
    }
  }

  private void end() {
    if (holds) {
      holds = false;
      apply.accept(Remedies.NONE, until);
    }
  }

  private void ignore(String why) {
    if (!why.equals(problem)) {
      problem = why;
      file.say(why);
    }
  }
}
