package dev.engram.shop.support;

import static org.bsc.langgraph4j.action.AsyncEdgeAction.edge_async;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import java.util.Map;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.state.AgentState;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What becomes of a ticket, as a graph: it is routed, looked into by its queue, and answered.
 * Thread-safe.
 */
@Lazy
@Component
class Triage {
  private static final String PROMPT =
      "Answer a customer of a tea shop in one friendly sentence, from the note of the desk.";

  private final TicketRouter router;
  private final ChatModel writer;
  private final JdbcTemplate jdbc;
  private final CompiledGraph<AgentState> graph;

  Triage(TicketRouter router, Models models, JdbcTemplate jdbc) throws GraphStateException {
    this.router = router;
    this.writer = models.large();
    this.jdbc = jdbc;
    this.graph =
        new StateGraph<>(AgentState::new)
            .addNode("route", node_async(this::route))
            .addNode("check_refund", node_async(this::checkRefund))
            .addNode("find_parcel", node_async(this::findParcel))
            .addNode("hand_over", node_async(this::handOver))
            .addNode("write_reply", node_async(this::writeReply))
            .addEdge(StateGraph.START, "route")
            .addConditionalEdges(
                "route",
                edge_async(state -> text(state, "queue")),
                Map.of("refunds", "check_refund", "shipping", "find_parcel", "people", "hand_over"))
            .addEdge("check_refund", "write_reply")
            .addEdge("find_parcel", "write_reply")
            .addEdge("hand_over", "write_reply")
            .addEdge("write_reply", StateGraph.END)
            .compile(CompileConfig.builder().graphId("ticket-triage").build());
  }

  /** The answer to a ticket, with its queue. */
  Map<String, Object> handle(Ticket ticket) {
    return graph
        .invoke(Map.of("ticket", ticket.id(), "text", ticket.text()))
        .map(
            state ->
                Map.<String, Object>of(
                    "queue", text(state, "queue"), "reply", text(state, "reply")))
        .orElseThrow(() -> new IllegalStateException("ticket " + ticket.id() + " got no answer"));
  }

  private Map<String, Object> route(AgentState state) {
    Routed routed = router.route(text(state, "text"));
    return Map.of("queue", routed.queue(), "confidence", routed.confidence());
  }

  private Map<String, Object> checkRefund(AgentState state) {
    Integer orders = jdbc.queryForObject("select count(*) from customer_order", Integer.class);
    return Map.of("note", orders + " orders were checked; the money goes back within a day");
  }

  private Map<String, Object> findParcel(AgentState state) {
    jdbc.execute("call pause_millis(30)");
    return Map.of("note", "the parcel left the depot this morning");
  }

  private Map<String, Object> handOver(AgentState state) {
    return Map.of("note", "somebody will call back today");
  }

  private Map<String, Object> writeReply(AgentState state) {
    String request = "Ticket: " + text(state, "text") + "\nNote: " + text(state, "note");
    return Map.of(
        "reply",
        writer.chat(SystemMessage.from(PROMPT), UserMessage.from(request)).aiMessage().text());
  }

  private static String text(AgentState state, String key) {
    return state.<String>value(key).orElse("");
  }
}
