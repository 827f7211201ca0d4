package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * How well fingerprints group real stack traces whose bugs are known: B-cubed precision (of those
 * grouped with a trace, how many are of its bug) and recall (of its bug, how many are grouped with
 * it), averaged over traces.
 */
class FingerprintQualityTest {
  private static final Pattern MEMBER =
      Pattern.compile("\"(label|trace)\": \"((?:[^\"\\\\]|\\\\.)*+)\"");
  private static final Pattern FRAME =
      Pattern.compile("\\tat (?:[^/(]*/)?([^(]+)\\.([^.(]+)\\(([^:)]*)(?::(\\d+))?\\)");

  /** What ran the tests; the libraries under test are the application here. */
  private static final InAppFrames IN_APP =
      InAppFrames.outside(
          List.of(
              "java.",
              "javax.",
              "jdk.",
              "sun.",
              "com.sun.",
              "junit.",
              "org.junit.",
              "org.apache.tools.ant.",
              "edu.washington.cs.mut."));

  private record Labelled(String bug, long fingerprint) {}

  @Test
  void fingerprints_groupRealTracesByBug() throws IOException {
    List<Labelled> traces = read();
    double precision = 0;
    double recall = 0;
    for (Labelled trace : traces) {
      long both = traces.stream().filter(trace::equals).count();
      precision += both / (double) count(traces, trace.fingerprint());
      recall += both / (double) traces.stream().filter(t -> t.bug().equals(trace.bug())).count();
    }
    precision /= traces.size();
    recall /= traces.size();
    double f1 = 2 * precision * recall / (precision + recall);
    System.out.printf(
        "fingerprints over %d traces: B-cubed precision %.3f, recall %.3f, F1 %.3f%n",
        traces.size(), precision, recall, f1);
    assertThat(traces).hasSizeGreaterThan(100);
    assertThat(f1).isGreaterThanOrEqualTo(.88);
  }

  private static long count(List<Labelled> traces, long fingerprint) {
    return traces.stream().filter(trace -> trace.fingerprint() == fingerprint).count();
  }

  private static List<Labelled> read() throws IOException {
    List<Labelled> traces = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    FingerprintQualityTest.class.getResourceAsStream(
                        "/stacktraces/defects4j-dev.jsonl")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String trace = member(line, "trace");
        if (!isAssertion(trace)) {
          traces.add(new Labelled(member(line, "label"), Fingerprint.of(parse(trace), IN_APP)));
        }
      }
    }
    return traces;
  }

  private static boolean isAssertion(String trace) {
    String type = trace.split("[:\\n]", 2)[0];
    return type.endsWith("AssertionFailedError")
        || type.endsWith("ComparisonFailure")
        || type.endsWith("AssertionError")
        || type.endsWith("ArrayComparisonFailure");
  }

  private static ThrowableShape parse(String trace) {
    return parse(List.of(trace.split("\\n(?=Caused by: )")), 0);
  }

  private static ThrowableShape parse(List<String> chain, int index) {
    String text = chain.get(index).replaceFirst("^Caused by: ", "");
    int firstFrame = text.indexOf("\n\tat ");
    String head = firstFrame < 0 ? text : text.substring(0, firstFrame);
    int colon = head.indexOf(": ");
    @Nullable String message = colon < 0 ? null : head.substring(colon + 2);
    List<StackFrame> frames = new ArrayList<>();
    Matcher frame = FRAME.matcher(text);
    while (frame.find()) {
      int line = frame.group(4) == null ? -1 : Integer.parseInt(frame.group(4));
      frames.add(new StackFrame(frame.group(1), frame.group(2), frame.group(3), line));
    }
    return new ThrowableShape(
        colon < 0 ? head.strip() : head.substring(0, colon),
        message,
        0,
        frames,
        0,
        index + 1 < chain.size() ? parse(chain, index + 1) : null,
        List.of());
  }

  private static String member(String json, String name) {
    Matcher member = MEMBER.matcher(json);
    while (member.find()) {
      if (member.group(1).equals(name)) {
        return unescape(member.group(2));
      }
    }
    throw new IllegalArgumentException("no " + name + " in " + json);
  }

  private static String unescape(String text) {
    return Pattern.compile("\\\\(u([0-9a-f]{4})|.)")
        .matcher(text)
        .replaceAll(
            escape -> {
              String character =
                  switch (escape.group(1).charAt(0)) {
                    case 'n' -> "\n";
                    case 't' -> "\t";
                    case 'r' -> "\r";
                    case 'b' -> "\b";
                    case 'f' -> "\f";
                    case 'u' -> String.valueOf((char) Integer.parseInt(escape.group(2), 16));
                    default -> escape.group(1);
                  };
              return Matcher.quoteReplacement(character);
            });
  }
}
