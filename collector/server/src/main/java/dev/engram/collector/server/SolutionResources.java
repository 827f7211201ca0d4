package dev.engram.collector.server;

import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.ai.Prices;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.analysis.solution.Solutions;
import dev.engram.collector.intake.ToldRecords;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.RunningInstances;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.server.http.Answer;
import dev.engram.collector.server.http.Members;
import dev.engram.collector.server.http.RefusedException;
import dev.engram.collector.server.http.Resource;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Where programs tell over HTTP what people tell by {@code engram solutions add}, {@code worked}
 * and {@code failed}. Thread-safe.
 */
final class SolutionResources {
  private static final String SOLUTIONS = "/api/v1/solutions";
  private static final List<String> TEXTS =
      List.of(
          KnowledgeRow.COMMENT,
          Solutions.TYPE,
          Solutions.MESSAGE,
          Solutions.CAUSE,
          Solutions.LINK,
          // The last: without it there is none.
          Solutions.REMEDY);
  private static final Set<String> SOLUTION_MEMBERS =
      Set.of("error", "type", "message", "cause", "link", "remedy", "author", "comment");
  private static final Set<String> TRIAL_MEMBERS = Set.of("solution", "error", "author", "comment");

  private final Queries queries;
  private final Leaving leaving;

  private SolutionResources(StoreReader reader, Leaving leaving) {
    this.queries =
        new Queries(reader, RunningInstances.NONE, () -> Prices.NONE, SolutionCatalogue::shipped);
    this.leaving = leaving;
  }

  /** By path. */
  static Map<String, Resource> of(StoreReader reader, Leaving leaving) {
    SolutionResources resources = new SolutionResources(reader, leaving);
    return Map.of(
        SOLUTIONS,
        resources::add,
        SOLUTIONS + "/worked",
        body -> resources.trial(body, Solutions.WORKED),
        SOLUTIONS + "/failed",
        body -> resources.trial(body, Solutions.FAILED));
  }

  private Answer add(Members body) throws RefusedException {
    body.only(SOLUTION_MEMBERS);
    body.requiredText(Solutions.REMEDY, Telling.LONGEST);
    String message = body.text(Solutions.MESSAGE, Telling.LONGEST);
    if (message != null && message.replace("*", "").isBlank()) {
      throw new RefusedException(400, "message takes words, such as 'too many * connections'");
    }
    String error = body.text(Solutions.ERROR, Telling.LONGEST);
    String type = body.text(Solutions.TYPE, Telling.LONGEST);
    if ((error == null) == (type == null && message == null)) {
      throw new RefusedException(400, "give either error (E-…), or type, message or both");
    }
    Map<String, String> properties = new LinkedHashMap<>();
    if (error != null) {
      properties.put(Solutions.ERROR, error(error));
    }
    for (String name : TEXTS) {
      put(properties, name, body);
    }
    String id = Telling.newSolution();
    leave(id, properties, body);
    return new Answer(202, Map.of("accepted", true, "id", id));
  }

  private Answer trial(Members body, String verdict) throws RefusedException {
    body.only(TRIAL_MEMBERS);
    String id = solution(body.requiredText("solution", Telling.LONGEST));
    String error = error(body.requiredText("error", Telling.LONGEST));
    Map<String, String> properties = new LinkedHashMap<>();
    put(properties, KnowledgeRow.COMMENT, body);
    properties.put(verdict, error);
    leave(id, properties, body);
    return Answer.accepted();
  }

  private static void put(Map<String, String> properties, String name, Members body)
      throws RefusedException {
    String text = body.text(name, Telling.LONGEST);
    if (text != null) {
      properties.put(name, text);
    }
  }

  private void leave(String id, Map<String, String> properties, Members body)
      throws RefusedException {
    String author = body.text("author", Telling.LONGEST);
    leaving.now(
        (home, now) ->
            ToldRecords.knowledge(home, now, KnowledgeRow.SOLUTION, id, properties, author));
  }

  /** The fingerprint of the group that it belongs to. */
  private String error(String label) throws RefusedException {
    List<Long> found = ask(asked -> asked.errorIds(label));
    one(found.stream().map(ErrorLabel::of).toList(), "error");
    return SpanIds.hex(ask(asked -> asked.rootOfError(found.get(0))));
  }

  private String solution(String id) throws RefusedException {
    List<Solution> found = ask(asked -> asked.solutions().beginning(id));
    return one(found.stream().map(Solution::id).toList(), "solution");
  }

  private static String one(List<String> ids, String what) throws RefusedException {
    if (ids.isEmpty()) {
      throw new RefusedException(404, "no " + what + " with this id");
    }
    if (ids.size() > 1) {
      throw new RefusedException(409, what + " begins several ids: " + String.join(", ", ids));
    }
    return ids.get(0);
  }

  private <T> T ask(Function<Queries, T> question) throws RefusedException {
    try {
      return question.apply(queries);
    } catch (StoreException away) {
      throw new RefusedException(503, "the store cannot be asked now; try again");
    }
  }
}
