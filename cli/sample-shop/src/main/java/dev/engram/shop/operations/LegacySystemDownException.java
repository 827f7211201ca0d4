package dev.engram.shop.operations;

/** The old warehouse does not answer. */
class LegacySystemDownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LegacySystemDownException() {
    super("the old warehouse does not answer");
  }
}
