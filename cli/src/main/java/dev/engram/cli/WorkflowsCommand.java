package dev.engram.cli;

import dev.engram.cli.render.Terminal;
import dev.engram.cli.render.WorkflowGraph;
import dev.engram.cli.render.WorkflowView;
import dev.engram.collector.analysis.workflow.WorkflowSummary;
import dev.engram.collector.query.Range;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram workflows}. */
@Command(
    name = "workflows",
    description =
        "Sums up runs of workflows; of one workflow its nodes, ways and what followed what.",
    footer = {
      "",
      "A way is recommended when it is associated with more success with a probability above 0.95,"
          + " over 30 runs of each way with like inputs. That is no proof of a cause."
    })
final class WorkflowsCommand implements Callable<Integer> {
  private static final List<String> GRAPHS = List.of("mermaid", "json");

  private final Invocation invocation;

  @Parameters(
      arity = "0..1",
      paramLabel = "WORKFLOW",
      description = "Only this workflow, in detail.")
  private @Nullable String name;

  @Option(
      names = "--graph",
      paramLabel = "FORM",
      description = "Which node followed which, with counts: mermaid or json.")
  private @Nullable String graph;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  WorkflowsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofCalls(listing.range(invocation), listing.home(invocation));
    requireGraph();
    return answer().answer(invocation, listing, range, queries -> queries.workflows(range, name));
  }

  private Listing<WorkflowSummary> answer() {
    return graph == null
        ? new Listing<>("workflows", WorkflowView::json, WorkflowView::table)
        : new Listing<>("workflows", WorkflowGraph::json, this::graph);
  }

  private void graph(List<WorkflowSummary> workflows, Terminal terminal) {
    if (workflows.size() > 1) {
      List<String> names = workflows.stream().map(WorkflowSummary::name).distinct().toList();
      throw new ParameterException(
          command.commandLine(),
          names.size() > 1
              ? "--graph is of one workflow; name one of " + String.join(", ", names)
              : "--graph is of one service; add --service");
    }
    boolean json = "json".equalsIgnoreCase(graph);
    for (WorkflowSummary workflow : workflows) {
      terminal.out().println(json ? WorkflowGraph.json(workflow) : WorkflowGraph.mermaid(workflow));
    }
  }

  private void requireGraph() {
    if (graph != null && GRAPHS.stream().noneMatch(graph::equalsIgnoreCase)) {
      throw new ParameterException(
          command.commandLine(),
          "unknown --graph " + graph + UsageErrors.suggestion(graph, GRAPHS));
    }
  }
}
