package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.json.Json;
import dev.engram.agent.record.AttributeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model has said so far, put together from one piece or many. Keeps of all texts together no
 * more than a limit, whoever sends them. Confined to one thread at a time.
 */
final class Answer {
  /** Choices of an answer, and tools of a choice, that are told apart: none has as many. */
  private static final int MOST = 128;

  /** Characters of what has a short text, such as an id. */
  private static final int LONGEST_NAME = 256;

  private final int limit;

  /** Characters that may still be kept. */
  private int room;

  private final Map<Integer, Choice> choices = new TreeMap<>();
  private final List<String> finishReasons = new ArrayList<>();
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable Long input;
  private @Nullable Long output;
  private @Nullable Long cacheRead;
  private @Nullable Long cacheCreation;
  private @Nullable Long reasoning;
  private boolean cacheIsApart;
  private int added;
  private long missed;

  /** One of the answers that may be asked for; mostly the only one. */
  private static final class Choice {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private final Map<Integer, Tool> tools = new TreeMap<>();
  }

  private static final class Tool {
    private final StringBuilder arguments = new StringBuilder();
    private @Nullable String id;
    private @Nullable String name;
  }

  /**
   * @param limit characters of the texts to keep
   */
  Answer(int limit) {
    this.limit = limit;
    this.room = limit;
  }

  /** Forgets what was said: the whole of it follows. */
  void restart() {
    room = limit;
    choices.clear();
    finishReasons.clear();
  }

  Answer from(Json id, Json model) {
    this.id = id.text() == null ? this.id : id.text();
    this.model = model.text() == null ? this.model : model.text();
    return this;
  }

  void text(int choice, @Nullable String piece) {
    append(choice(choice).text, piece);
    added += piece == null ? 0 : piece.length();
  }

  void thought(int choice, @Nullable String piece) {
    append(choice(choice).thought, piece);
  }

  /** A tool to be called, or more of its arguments; what is null was said or comes later. */
  void tool(
      int choice, int index, @Nullable String id, @Nullable String name, @Nullable String more) {
    Tool tool = choice(choice).tools.computeIfAbsent(place(index), absent -> new Tool());
    tool.id = id == null ? tool.id : brief(id);
    tool.name = name == null ? tool.name : brief(name);
    append(tool.arguments, more);
  }

  /** So many bytes more of the answer were not read. */
  void missed(long bytes) {
    missed += bytes;
  }

  /** Whether anything of it was not read. */
  boolean isCut() {
    return missed > 0;
  }

  /** How many tools a choice has asked for. */
  int tools(int choice) {
    return choice(choice).tools.size();
  }

  void finished(@Nullable String reason) {
    if (reason != null && finishReasons.size() < MOST) {
      finishReasons.add(brief(reason));
    }
  }

  /** Whether the model has said why it ended. */
  boolean isFinished() {
    return !finishReasons.isEmpty();
  }

  /** Null for what was not said; earlier words hold then. */
  void tokens(@Nullable Long input, @Nullable Long output) {
    this.input = input == null ? this.input : input;
    this.output = output == null ? this.output : output;
  }

  void parts(@Nullable Long cacheRead, @Nullable Long cacheCreation, @Nullable Long reasoning) {
    this.cacheRead = cacheRead == null ? this.cacheRead : cacheRead;
    this.cacheCreation = cacheCreation == null ? this.cacheCreation : cacheCreation;
    this.reasoning = reasoning == null ? this.reasoning : reasoning;
  }

  /** The input was counted without what came from or went to a cache. */
  void cacheIsApart() {
    cacheIsApart = true;
  }

  /** What has been added to the text since this was asked last, for whoever counts pieces. */
  @Nullable String takeAdded() {
    StringBuilder text = choice(0).text;
    String piece =
        added == 0 || text.length() < added ? null : text.substring(text.length() - added);
    added = 0;
    return piece;
  }

  void tell(ModelCall call) {
    call.set(AttributeKey.GEN_AI_RESPONSE_ID, id)
        .set(AttributeKey.GEN_AI_RESPONSE_MODEL, model)
        .tokens(wholeInput(), output)
        .tokenParts(cacheRead, cacheCreation, reasoning);
    if (!finishReasons.isEmpty()) {
      call.set(AttributeKey.GEN_AI_RESPONSE_FINISH_REASONS, finishReasons);
    }
    if (call.wantsOutput() && choices.values().stream().anyMatch(Answer::hasContent)) {
      call.output(messages());
    }
  }

  private @Nullable Long wholeInput() {
    if (input == null || !cacheIsApart) {
      return input;
    }
    return input + orNothing(cacheRead) + orNothing(cacheCreation);
  }

  private Messages messages() {
    Messages messages = new Messages();
    int at = 0;
    for (Choice choice : choices.values()) {
      messages.role("assistant");
      if (!choice.thought.isEmpty()) {
        messages.reasoning(choice.thought.toString());
      }
      if (!choice.text.isEmpty()) {
        messages.text(choice.text.toString());
      }
      for (Tool tool : choice.tools.values()) {
        messages.toolCall(tool.id, tool.name, tool.arguments.toString());
      }
      messages.finishReason(at < finishReasons.size() ? finishReasons.get(at) : null);
      at++;
    }
    return messages.missed(missed);
  }

  private Choice choice(int index) {
    return choices.computeIfAbsent(place(index), absent -> new Choice());
  }

  /** Those beyond the last are one. */
  private static int place(int index) {
    return Math.max(0, Math.min(index, MOST - 1));
  }

  private static String brief(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME);
  }

  private void append(StringBuilder to, @Nullable String piece) {
    if (piece != null) {
      int kept = Math.min(piece.length(), room);
      to.append(piece, 0, kept);
      room -= kept;
    }
  }

  private static boolean hasContent(Choice choice) {
    return !choice.text.isEmpty() || !choice.thought.isEmpty() || !choice.tools.isEmpty();
  }

  private static long orNothing(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
