package dev.engram.collector.analysis.compare;

/**
 * Something that is not as it was.
 *
 * @param subject an error's label, a request's name, a statement's text
 * @param detail of an error its type and the latest message; empty for others
 * @param ratio how many times as long or as often as before; infinite for what is new
 * @param ratioLow at least, when one such statement of a hundred comparisons may be wrong
 * @param ratioHigh at most; infinite when that is not known
 */
public record Change(
    Kind kind,
    String service,
    String subject,
    String detail,
    Side before,
    Side after,
    double ratio,
    double ratioLow,
    double ratioHigh) {
  /** What changed, in the order in which people read it. */
  public enum Kind {
    ERROR_NEW,
    ERROR_MORE_FREQUENT,
    ROUTE_SLOWER,
    STATEMENT_SLOWER,
    ROUTE_VANISHED,
    ROUTE_APPEARED,
    ERROR_LESS_FREQUENT,
    ERROR_GONE,
    ROUTE_FASTER,
    STATEMENT_FASTER
  }

  /**
   * How it was in one of the two parts.
   *
   * @param medianNanos -1 where time was not compared
   */
  public record Side(Frequency frequency, long medianNanos) {}
}
