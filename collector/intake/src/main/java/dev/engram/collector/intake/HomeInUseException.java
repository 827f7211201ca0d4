package dev.engram.collector.intake;

import java.io.IOException;

/** Another collector serves the memory home; the message says which. */
public final class HomeInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  HomeInUseException(String message) {
    super(message);
  }
}
