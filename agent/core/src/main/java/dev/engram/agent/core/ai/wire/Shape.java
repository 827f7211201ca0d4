package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.json.Json;

/**
 * How one interface of a provider says things. Stateless; takes JSON of any shape, and reads in it
 * what it finds.
 */
interface Shape {
  /** By OpenTelemetry's name. */
  String operation();

  /** Of whose the interface is; many others speak it too. */
  String provider();

  /** Whether a body that was sent to such a path is a question to a model. */
  boolean asks(Json request);

  /** Tells the call what is asked. */
  void request(Json request, ModelCall call);

  /** Reads an answer that came in one piece. */
  void answer(Json response, Answer answer);

  /**
   * Reads a piece of an answer.
   *
   * @return whether it was the last
   */
  boolean piece(Json event, Answer answer);
}
