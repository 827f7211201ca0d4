package dev.engram.agent.instrumentation.langgraph4j;

import dev.engram.agent.core.recall.Match;
import dev.engram.agent.core.recall.Question;
import dev.engram.agent.core.recall.Recollections;
import dev.engram.agent.record.control.Recollection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.state.AgentState;
import org.jspecify.annotations.Nullable;

/**
 * What is recalled of a node's like inputs, for one execution of it: an entry of the state that its
 * action is given. The state of the graph, its checkpoints and other nodes do not have it.
 */
record RecalledCases(CompiledGraph<?> graph, List<Map<String, Object>> cases) {
  private static final int MOST = 5;

  /** Null when nothing is recalled. */
  static @Nullable RecalledCases of(
      CompiledGraph<?> graph, String workflow, String node, Map<?, ?> state) {
    List<@Nullable Object> input = Collections.singletonList(state);
    List<Map<String, Object>> cases = new ArrayList<>();
    for (Match match : Recollections.answer(Question.ofNode(workflow, node, input, null, MOST))) {
      cases.add(plain(match));
    }
    return cases.isEmpty() ? null : new RecalledCases(graph, List.copyOf(cases));
  }

  /** The same state where the application cannot make another one. */
  @SuppressWarnings("unchecked") // The graph makes its states with one factory.
  <S extends AgentState> S in(S state) {
    try {
      Map<String, Object> data = new HashMap<>(state.data());
      data.put(Recollections.stateKey(), cases);
      return (S) graph.stateGraph.getStateFactory().apply(data);
    } catch (Throwable refused) {
      return state;
    }
  }

  private static Map<String, Object> plain(Match match) {
    Recollection it = match.recollection();
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("input", it.input());
    plain.put("answer", it.answer());
    plain.put("outcome", it.outcome());
    plain.put("similarity", match.similarity());
    plain.put("time", it.time().toString());
    it.feedback().stream()
        .mapToDouble(Recollection.Judgement::score)
        .filter(score -> !Double.isNaN(score))
        .average()
        .ifPresent(mean -> plain.put("score", mean));
    return Collections.unmodifiableMap(plain);
  }
}
