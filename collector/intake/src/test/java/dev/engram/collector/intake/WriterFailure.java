package dev.engram.collector.intake;

/** What a writer meets that finds no memory, say: it goes on with a file of its own. */
final class WriterFailure extends Error {
  private static final long serialVersionUID = 1L;

  WriterFailure() {
    super(null, null, false, false);
  }
}
