package dev.engram.cli.render;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.remedy.Evidence;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import java.io.PrintStream;
import java.util.List;

/** What is done about an error, in a line each. */
final class ErrorRemediesView {
  private ErrorRemediesView() {}

  /** Nothing when there is none. */
  static void print(List<JudgedRemedy> remedies, PrintStream out) {
    if (!remedies.isEmpty()) {
      out.println();
      out.println("what is done about it, or could be");
    }
    for (JudgedRemedy it : remedies) {
      out.println(
          "  "
              + it.label()
              + " "
              + it.state().label()
              + ": "
              + SafeText.of(it.action())
              + failure(it)
              + achieved(it));
    }
  }

  private static String failure(JudgedRemedy it) {
    if (it.answer() > 0) {
      return ", for answer " + it.answer() + " in the same requests";
    }
    return it.fingerprint() == 0 ? ", for whatever fails there" : "";
  }

  /** What stood in for a failure has resolved none. */
  private static String achieved(JudgedRemedy it) {
    Evidence evidence = it.evidence();
    Proportion treated = evidence.treated();
    if (treated.of() == 0) {
      return "";
    }
    return switch (it.kind()) {
      case FALLBACK, ALTERNATIVE ->
          "; masked " + Units.times(new Proportion(evidence.masked(), treated.of()));
      case BREAKER -> "; " + Units.count(treated.of()) + " calls not made";
      case RETRY, RESIZE, LIMIT, OTHER -> "; resolved " + Units.times(treated);
    };
  }
}
