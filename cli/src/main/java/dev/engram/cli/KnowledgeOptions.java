package dev.engram.cli;

import dev.engram.cli.render.KnowledgeView;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.KnowledgeRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command takes that tells something of error groups or solutions. */
final class KnowledgeOptions {
  @Option(names = "--json", description = "JSON Lines: one object a line.")
  private boolean json;

  @Mixin private TellingOptions telling = new TellingOptions();

  /** Asks the memory before something is told. */
  <T> T ask(Invocation invocation, Function<Queries, T> question) {
    try (Memory memory = Memory.open(telling.home(invocation).refuseOthers())) {
      return question.apply(memory.queries());
    }
  }

  /** Tells it of an error group, with the comment that was given, and says so. */
  void tellOfError(Invocation invocation, long fingerprint, Map<String, String> properties) {
    String label = ErrorLabel.of(fingerprint);
    tell(invocation, KnowledgeRow.ERROR, SpanIds.hex(fingerprint), label, properties);
  }

  /** The same of a solution. */
  void tellOfSolution(Invocation invocation, String id, Map<String, String> properties) {
    tell(invocation, KnowledgeRow.SOLUTION, id, id, properties);
  }

  private void tell(
      Invocation invocation,
      String subject,
      String subjectId,
      String shownId,
      Map<String, String> said) {
    Map<String, String> properties = new LinkedHashMap<>();
    String comment = telling.comment();
    if (comment != null) {
      properties.put(KnowledgeRow.COMMENT, comment);
    }
    properties.putAll(said);
    boolean stored =
        telling
            .telling(invocation)
            .knowledge(
                invocation.nowEpochNanos(), subject, subjectId, properties, telling.author());
    if (json) {
      invocation.terminal().out().println(KnowledgeView.json(shownId, properties, stored));
    } else {
      telling.say(invocation, KnowledgeView.line(shownId, properties), stored);
    }
  }

  String bounded(String name, String text) {
    return telling.bounded(name, text);
  }
}
