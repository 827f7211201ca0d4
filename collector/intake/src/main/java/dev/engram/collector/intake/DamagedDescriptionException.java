package dev.engram.collector.intake;

import java.io.IOException;

/** An {@code instance.json} that is missing or tells nothing; the message continues its name. */
final class DamagedDescriptionException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedDescriptionException(String message) {
    super(message);
  }
}
