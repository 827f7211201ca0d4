package dev.engram.cli;

import dev.engram.cli.render.LossView;
import dev.engram.cli.render.SafeText;
import dev.engram.cli.render.Terminal;
import dev.engram.collector.store.Loss;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What surrounds one call of {@code engram}.
 *
 * @param clock the time, in the zone times are shown in
 * @param environment the process's environment variables
 */
public record Invocation(Terminal terminal, Clock clock, Map<String, String> environment) {
  public long nowEpochNanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  public ZoneId zone() {
    return clock.getZone();
  }

  /** Says what an answer may lack; nothing when nothing was lost. */
  public void sayIncomplete(List<Loss> losses) {
    if (!losses.isEmpty()) {
      say(LossView.line(losses, zone(), nowEpochNanos()));
    }
  }

  /** One line for the person, on standard error; captured text in it can do no harm. */
  public void say(String line) {
    terminal.err().println("engram: " + SafeText.of(line));
    terminal.err().flush();
  }
}
