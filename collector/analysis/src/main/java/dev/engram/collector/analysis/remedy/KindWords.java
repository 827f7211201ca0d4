package dev.engram.collector.analysis.remedy;

import dev.engram.collector.analysis.Proportion;
import java.util.Locale;

/** What is said of remedies of one kind alone. Pure. */
record KindWords(RemedyKind kind) {
  /** Before {@link #helpful}. */
  String does() {
    return switch (kind) {
      case FALLBACK, ALTERNATIVE -> "masks";
      case BREAKER -> "is right about";
      case LIMIT -> "helps";
      case RETRY, RESIZE, OTHER -> "resolves";
    };
  }

  /** What it must resolve, at {@link RemedyKind#helpful}. */
  String helpful() {
    return kind == RemedyKind.RETRY ? "six of ten" : "nine of ten";
  }

  /** The same at {@link RemedyKind#helpless}. */
  String helpless() {
    return kind == RemedyKind.RETRY ? "one of five" : "one of two";
  }

  /** The same at {@link RemedyKind#poor}. */
  String poor() {
    return kind.isForEpisodesOfMany() ? "one of two" : "one of fifty";
  }

  /** The same at {@link RemedyKind#good}. */
  String good() {
    return kind.isForEpisodesOfMany() ? "nine of ten" : "one of five";
  }

  String again() {
    return kind.isForAPerson()
        ? "when a person approves it"
        : "after an hour, or when a person approves it";
  }

  /** After a number of episodes about which nothing was to be done. */
  String observed() {
    return kind.isForEpisodesOfMany() ? "episodes were seen" : "episodes failed";
  }

  /** After a number of episodes. */
  String control() {
    String alone = " were left alone to be compared with";
    return switch (kind) {
      case RESIZE -> "episodes" + alone;
      case LIMIT -> "windows" + alone;
      default -> "episodes" + alone + ", and failed";
    };
  }

  /** Before a number of milliseconds. */
  String added() {
    return kind == RemedyKind.ALTERNATIVE ? "To ask the other model added" : "Waiting added";
  }

  /** After them. */
  String addedTo() {
    return kind == RemedyKind.LIMIT ? "a call" : "a treated episode";
  }

  /** What is treated while it is on trial. */
  String trial() {
    return kind == RemedyKind.LIMIT
        ? "a while with a limit is compared with one without, again and again,"
        : "half of the episodes are treated";
  }

  /** Why a person has to say that it may be tried, although its failures are known to pass. */
  String whyAPerson() {
    return switch (kind) {
      case RESIZE ->
          "requests waited for a connection while none was used for longer than usual; twice as"
              + " many connections are something that the database has to bear";
      case LIMIT ->
          "calls of a service that refuses a part of them would wait for one another, and so one"
              + " request for another";
      case ALTERNATIVE ->
          "a model that was not asked for would answer, at another price and with another quality";
      case BREAKER, RETRY, FALLBACK, OTHER ->
          "calls to a service that answers nothing but failures would fail at once, which"
              + " resolves none of them";
    };
  }

  /** What became of those that were treated, of which there are some. */
  String treated(Evidence evidence) {
    Proportion treated = evidence.treated();
    return switch (kind) {
      case FALLBACK ->
          masked(evidence, "%d of %d treated episodes were given an older answer in place of the");
      case ALTERNATIVE ->
          masked(evidence, "%d of %d treated episodes were given another model's answer after a");
      case BREAKER -> treated.of() + " calls failed at once and were not made";
      case RESIZE ->
          String.format(
              Locale.ROOT,
              "%d of %d times that the pool was made larger nobody waited any more, and connections"
                  + " were used for no longer; else it had its own size back at once",
              treated.count(),
              treated.of());
      case LIMIT ->
          String.format(
              Locale.ROOT,
              "%d of %d times at most half as many calls were refused while they were limited,"
                  + " four of five as many were answered, and nobody waited for long;"
                  + " %d were refused with the limit and %d without, in as much time",
              treated.count(),
              treated.of(),
              evidence.refused(),
              evidence.refusedAlone());
      case RETRY, OTHER ->
          String.format(
              Locale.ROOT,
              "%d of %d treated episodes ended well: %.0f%%, and with 95%% probability between"
                  + " %.0f%% and %.0f%% of them do",
              treated.count(),
              treated.of(),
              100 * treated.rate(),
              100 * treated.low(),
              100 * treated.high());
    };
  }

  private static String masked(Evidence evidence, String given) {
    return String.format(Locale.ROOT, given, evidence.masked(), evidence.treated().of())
        + " failure: they are masked, and none is resolved";
  }
}
