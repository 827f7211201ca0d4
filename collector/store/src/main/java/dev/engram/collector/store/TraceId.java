package dev.engram.collector.store;

/** A W3C trace id. */
public record TraceId(long high, long low) {
  public static final TraceId NONE = new TraceId(0, 0);

  /** 32 lower-case hex digits. */
  public String hex() {
    return String.format("%016x%016x", high, low);
  }
}
