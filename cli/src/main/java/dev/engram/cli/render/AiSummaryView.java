package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.ai.AiSummary;
import dev.engram.collector.analysis.ai.AiSummary.PromptVersion;
import dev.engram.collector.analysis.ai.AiUsage.By;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Calls of models, summed up, as table rows and as JSON.
 *
 * @param by by what they are summed up
 */
public record AiSummaryView(By by, long nowEpochNanos) {
  public void table(List<AiSummary> summaries, Terminal terminal) {
    Table table =
        new Table()
            .column("COST", Layout.RIGHT)
            .column("CALLS", Layout.RIGHT)
            .column("INPUT", Layout.RIGHT)
            .column("CACHED", Layout.RIGHT)
            .column("OUTPUT", Layout.RIGHT)
            .column("ERRORS", Layout.RIGHT)
            .column("95% BETWEEN", Layout.RIGHT)
            .column("RETRIED", Layout.RIGHT)
            .column("P50", Layout.RIGHT)
            .column("P95", Layout.RIGHT)
            .column("P99", Layout.RIGHT)
            .column("FIRST P50", Layout.RIGHT)
            .column("FIRST P95", Layout.RIGHT)
            .column("SCORE", Layout.RIGHT);
    if (by == By.PROMPT) {
      table
          .column("FIRST SEEN", Layout.RIGHT)
          .column("IN", Layout.LEFT)
          .column("NAME", Layout.LEFT);
    }
    table.column(by.name(), Layout.FLEXIBLE);
    summaries.forEach(summary -> table.row(row(summary, terminal.style())));
    table.print(terminal);
    sayUnpriced(summaries, terminal);
  }

  private Cell[] row(AiSummary it, Style style) {
    List<Cell> cells =
        new ArrayList<>(
            List.of(
                Cell.of(Units.dollars(it.costUsd()), style::bold),
                Cell.of(Units.count(it.calls())),
                Cell.of(Units.count(it.tokens().input())),
                Cell.of(cached(it)),
                Cell.of(Units.count(it.tokens().output())),
                Cell.of(Units.percent(it.failed().rate()), errors(it, style)),
                Cell.of(between(it.failed())),
                Cell.of(Units.percent(it.retried().rate())),
                Cell.of(Units.duration(it.p50Nanos())),
                Cell.of(Units.duration(it.p95Nanos())),
                Cell.of(Units.duration(it.p99Nanos())),
                Cell.of(Units.duration(it.firstChunkP50Nanos())),
                Cell.of(Units.duration(it.firstChunkP95Nanos())),
                Cell.of(DecisionSummaryView.number(it.meanScore()))));
    if (by == By.PROMPT) {
      prompt(it.prompt(), cells);
    }
    cells.add(Cell.of(it.key().isEmpty() ? "-" : it.key(), style::cyan));
    return cells.toArray(Cell[]::new);
  }

  private static UnaryOperator<String> errors(AiSummary it, Style style) {
    return text -> it.failed().count() == 0 ? text : style.red(text);
  }

  private void prompt(@Nullable PromptVersion prompt, List<Cell> cells) {
    cells.add(
        Cell.of(prompt == null ? "" : Units.ago(prompt.firstSeenEpochNanos(), nowEpochNanos)));
    cells.add(Cell.of(prompt == null ? "" : prompt.service() + " " + prompt.firstVersion()));
    cells.add(Cell.of(prompt == null || prompt.name() == null ? "" : prompt.name()));
  }

  private static String cached(AiSummary it) {
    return it.tokens().input() == 0
        ? ""
        : Units.share((double) it.tokens().cacheRead() / it.tokens().input());
  }

  static String between(Proportion proportion) {
    return Units.percent(proportion.low()) + "-" + Units.percent(proportion.high());
  }

  private static void sayUnpriced(List<AiSummary> summaries, Terminal terminal) {
    long unpriced = summaries.stream().mapToLong(AiSummary::unpriced).sum();
    long calls = summaries.stream().mapToLong(AiSummary::calls).sum();
    if (unpriced > 0) {
      terminal.out().println();
      terminal
          .out()
          .println(
              Units.count(unpriced)
                  + " of "
                  + Units.count(calls)
                  + " calls are not in the cost: their tokens or the price of their model are not"
                  + " known; see: engram ai --help");
    }
  }

  /** One of them in one line. */
  public String json(AiSummary summary) {
    return JsonLines.line(json -> members(json, summary));
  }

  private void members(JsonGenerator json, AiSummary it) throws IOException {
    json.writeStringField("by", by.name().toLowerCase(Locale.ROOT));
    json.writeNumberField("calls", it.calls());
    JsonLines.number(json, "cost_usd", it.costUsd());
    json.writeNumberField("unpriced", it.unpriced());
    json.writeNumberField("input_tokens", it.tokens().input());
    json.writeNumberField("cache_read_input_tokens", it.tokens().cacheRead());
    json.writeNumberField("cache_creation_input_tokens", it.tokens().cacheWrite());
    json.writeNumberField("output_tokens", it.tokens().output());
    json.writeNumberField("reasoning_output_tokens", it.tokens().reasoning());
    JsonLines.proportion(json, "errors", "error_rate", it.failed());
    JsonLines.proportion(json, "retried", "retry_rate", it.retried());
    json.writeNumberField("retries", it.retries());
    json.writeNumberField("incomplete", it.incomplete());
    JsonLines.duration(json, "p50_ns", it.p50Nanos());
    JsonLines.duration(json, "p95_ns", it.p95Nanos());
    JsonLines.duration(json, "p99_ns", it.p99Nanos());
    JsonLines.duration(json, "first_chunk_p50_ns", it.firstChunkP50Nanos());
    JsonLines.duration(json, "first_chunk_p95_ns", it.firstChunkP95Nanos());
    json.writeNumberField("judged", it.judged());
    DecisionSummaryView.known(json, "mean_score", it.meanScore());
    PromptVersion prompt = it.prompt();
    if (prompt != null) {
      json.writeStringField("first_seen", Units.rfc3339(prompt.firstSeenEpochNanos()));
      json.writeStringField("first_service", prompt.service());
      json.writeStringField("first_version", prompt.firstVersion());
    }
    JsonLines.map(json, "attributes", attributes(it));
  }

  private Map<String, String> attributes(AiSummary it) {
    Map<String, String> attributes = new TreeMap<>();
    if (!it.key().isEmpty()) {
      attributes.put(keyName(), it.key());
    }
    if (it.provider() != null) {
      attributes.put("gen_ai.provider.name", it.provider());
    }
    PromptVersion prompt = it.prompt();
    if (prompt != null && prompt.name() != null) {
      attributes.put("gen_ai.prompt.name", prompt.name());
    }
    return attributes;
  }

  private String keyName() {
    return switch (by) {
      case MODEL -> "gen_ai.response.model";
      case ROUTE -> "engram.request.name";
      case WORKFLOW -> "gen_ai.workflow.name";
      case PROMPT -> "engram.ai.prompt.hash";
      case SERVICE -> "service.name";
    };
  }
}
