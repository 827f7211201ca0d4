package dev.engram.collector.server;

import dev.engram.agent.record.Fingerprint;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.ThrowableShape;
import dev.engram.agent.record.ThrowableText;
import dev.engram.collector.intake.ThrownStacks;
import dev.engram.collector.store.ThrownStack;
import java.util.List;
import java.util.Optional;

/**
 * A stack trace that somebody pasted, from whichever program.
 *
 * @param fingerprint of the error group it would be in if it were remembered; never 0
 */
public record PastedTrace(long fingerprint, ThrownStack stack) {
  /**
   * The first trace in this text; empty when there is none.
   *
   * @param packages of the application; all but well-known libraries when there are none
   */
  public static Optional<PastedTrace> of(String text, List<String> packages) {
    ThrowableShape thrown = ThrowableText.parse(text);
    return thrown == null
        ? Optional.empty()
        : Optional.of(
            new PastedTrace(
                Fingerprint.of(thrown, InAppFrames.of(packages)), ThrownStacks.of(thrown)));
  }
}
