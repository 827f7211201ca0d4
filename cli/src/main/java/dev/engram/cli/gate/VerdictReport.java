package dev.engram.cli.gate;

import dev.engram.collector.analysis.gate.Verdict;
import dev.engram.collector.analysis.gate.Verdict.Judged;
import dev.engram.collector.analysis.gate.Verdict.Outcome;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A verdict as files that build servers show. Captured text in them can do no harm. */
final class VerdictReport {
  private static final String SUITE = "engram gate";

  private VerdictReport() {}

  /** A comment on a change. */
  static String markdown(Verdict verdict) {
    StringBuilder text = new StringBuilder("### Engram gate: " + word(verdict.outcome()) + "\n\n");
    text.append("| check | outcome | looked at |\n| --- | --- | --- |\n");
    for (Judged judged : verdict.checks()) {
      text.append("| ").append(judged.check().title());
      text.append(" | ").append(word(judged.outcome()));
      text.append(" | ").append(judged.note()).append(" |\n");
    }
    for (Judged judged : verdict.checks()) {
      if (!judged.violations().isEmpty()) {
        text.append("\n**").append(judged.check().title()).append("**\n\n");
        judged.violations().forEach(it -> text.append("- ").append(code(VerdictView.line(it))));
      }
    }
    return text.toString();
  }

  /** A suite with a test case for each check. */
  static String junit(Verdict verdict) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", SUITE);
      xml.writeAttribute("tests", String.valueOf(verdict.checks().size()));
      xml.writeAttribute("failures", String.valueOf(count(verdict, Outcome.FAIL)));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", String.valueOf(count(verdict, Outcome.UNDECIDED)));
      for (Judged judged : verdict.checks()) {
        testCase(xml, judged);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.append('\n').toString();
  }

  private static void testCase(XMLStreamWriter xml, Judged judged) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", SUITE);
    xml.writeAttribute("name", judged.check().title());
    if (judged.outcome() == Outcome.FAIL) {
      List<String> lines = judged.violations().stream().map(VerdictView::line).toList();
      xml.writeStartElement("failure");
      xml.writeAttribute("message", lines.get(0));
      xml.writeCharacters(String.join("\n", lines));
      xml.writeEndElement();
    } else if (judged.outcome() == Outcome.UNDECIDED) {
      xml.writeEmptyElement("skipped");
      xml.writeAttribute("message", judged.note());
    }
    xml.writeEndElement();
  }

  private static long count(Verdict verdict, Outcome outcome) {
    return verdict.checks().stream().filter(judged -> judged.outcome() == outcome).count();
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case PASS -> "passed";
      case FAIL -> "**failed**";
      case UNDECIDED -> "cannot judge";
    };
  }

  /** A code span that the text cannot leave: its fence is longer than any run of backticks. */
  private static String code(String line) {
    String fence = "`";
    while (line.contains(fence)) {
      fence += "`";
    }
    return fence + " " + line + " " + fence + "\n";
  }
}
