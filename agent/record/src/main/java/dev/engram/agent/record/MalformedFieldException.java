package dev.engram.agent.record;

/** Ends the decoding of a record; never leaves {@link RecordDecoder}. Has no stack trace. */
final class MalformedFieldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedFieldException(String message) {
    super(message, null, false, false);
  }
}
