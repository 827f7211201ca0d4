package dev.engram.agent.core.decision;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a model decided by its answer, which is given as messages in OpenTelemetry's schema: what
 * its text says, and which tools it wants called. Stateless; never throws.
 */
public final class AnswerMessages {
  /** Longer answers are documents. */
  private static final int LONGEST = 128 << 10;

  private static final String TOOL_CALL = "tool_call";

  private AnswerMessages() {}

  /**
   * Records the decisions of the last message.
   *
   * @param messages a JSON array; what is cut holds no decision
   * @param tools the definitions of the tools that it could choose from, asked for a JSON array;
   *     empty for none
   * @param span of the call; it has not ended
   */
  public static void record(String messages, Supplier<String> tools, OpenSpan span) {
    try {
      if (mayDecide(messages) && Tracing.remembersDecisions(span)) {
        boolean called = messages.contains(TOOL_CALL);
        List<String> options = called ? names(Json.parse(tools.get()).wholly()) : List.of();
        for (Map<?, ?> part : parts(Json.parse(messages).wholly())) {
          record(part, options, span);
        }
      }
    } catch (Throwable failure) {
      Tracing.failed();
    }
  }

  /** Text that is JSON has quotes, which are escaped here: most answers need not be read. */
  private static boolean mayDecide(String messages) {
    return messages.length() <= LONGEST
        && (messages.contains(TOOL_CALL) || messages.contains("\\\""));
  }

  private static void record(Map<?, ?> part, List<String> tools, OpenSpan span) {
    Object type = part.get("type");
    if ("text".equals(type) && part.get("content") instanceof String text) {
      Decisions.ofAnswer(text, Surrounding.NONE, span);
    } else if (TOOL_CALL.equals(type) && part.get("name") instanceof String tool) {
      Decisions.routing("choose tool", tools, tool, null, Surrounding.NONE, span);
    }
  }

  private static List<Map<?, ?>> parts(@Nullable Object messages) {
    List<Map<?, ?>> all = objects(messages);
    return all.isEmpty() ? List.of() : objects(all.get(all.size() - 1).get("parts"));
  }

  private static List<String> names(@Nullable Object tools) {
    List<String> names = new ArrayList<>();
    for (Map<?, ?> tool : objects(tools)) {
      if (tool.get("name") instanceof String name) {
        names.add(name);
      }
    }
    return names;
  }

  private static List<Map<?, ?>> objects(@Nullable Object list) {
    List<Map<?, ?>> objects = new ArrayList<>();
    if (list instanceof List<?> elements) {
      for (Object element : elements) {
        if (element instanceof Map<?, ?> object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }
}
