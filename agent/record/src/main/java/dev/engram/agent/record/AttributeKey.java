package dev.engram.agent.record;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The name of an attribute. Well-known names travel as a code of two bytes; any other name travels
 * as text. Codes are never reused; new names are added at the end.
 */
public final class AttributeKey {
  private static final Map<String, AttributeKey> BY_NAME = new HashMap<>();
  private static final Map<Integer, AttributeKey> BY_CODE = new HashMap<>();

  public static final AttributeKey HTTP_REQUEST_METHOD = register(1, "http.request.method");
  public static final AttributeKey HTTP_RESPONSE_STATUS_CODE =
      register(2, "http.response.status_code");
  public static final AttributeKey HTTP_ROUTE = register(3, "http.route");
  public static final AttributeKey URL_PATH = register(4, "url.path");
  public static final AttributeKey URL_QUERY = register(5, "url.query");
  public static final AttributeKey URL_SCHEME = register(6, "url.scheme");
  public static final AttributeKey CLIENT_ADDRESS = register(7, "client.address");
  public static final AttributeKey USER_AGENT_ORIGINAL = register(8, "user_agent.original");
  public static final AttributeKey SERVER_ADDRESS = register(9, "server.address");
  public static final AttributeKey SERVER_PORT = register(10, "server.port");
  public static final AttributeKey NETWORK_PROTOCOL_VERSION =
      register(11, "network.protocol.version");
  public static final AttributeKey NETWORK_PEER_ADDRESS = register(12, "network.peer.address");
  public static final AttributeKey ERROR_TYPE = register(13, "error.type");
  public static final AttributeKey THREAD_NAME = register(14, "thread.name");
  public static final AttributeKey CODE_FUNCTION_NAME = register(15, "code.function.name");
  public static final AttributeKey DB_SYSTEM_NAME = register(16, "db.system.name");
  public static final AttributeKey DB_NAMESPACE = register(17, "db.namespace");
  public static final AttributeKey DB_QUERY_TEXT = register(18, "db.query.text");
  public static final AttributeKey DB_OPERATION_NAME = register(19, "db.operation.name");
  public static final AttributeKey DB_OPERATION_BATCH_SIZE =
      register(20, "db.operation.batch.size");
  public static final AttributeKey DB_RESPONSE_STATUS_CODE =
      register(21, "db.response.status_code");
  public static final AttributeKey DB_RESPONSE_RETURNED_ROWS =
      register(22, "db.response.returned_rows");
  public static final AttributeKey ENGRAM_DB_UPDATE_COUNT = register(23, "engram.db.update_count");
  public static final AttributeKey GEN_AI_OPERATION_NAME = register(24, "gen_ai.operation.name");
  public static final AttributeKey GEN_AI_PROVIDER_NAME = register(25, "gen_ai.provider.name");
  public static final AttributeKey GEN_AI_REQUEST_MODEL = register(26, "gen_ai.request.model");
  public static final AttributeKey SERVICE_NAME = register(27, "service.name");
  public static final AttributeKey SERVICE_VERSION = register(28, "service.version");
  public static final AttributeKey USER_ID = register(29, "user.id");
  public static final AttributeKey SESSION_ID = register(30, "session.id");
  public static final AttributeKey URL_FULL = register(31, "url.full");
  public static final AttributeKey HTTP_REQUEST_RESEND_COUNT =
      register(32, "http.request.resend_count");
  public static final AttributeKey HTTP_REQUEST_BODY_SIZE = register(33, "http.request.body.size");
  public static final AttributeKey HTTP_RESPONSE_BODY_SIZE =
      register(34, "http.response.body.size");
  public static final AttributeKey HTTP_REQUEST_CONTENT_TYPE =
      register(35, "http.request.header.content-type");
  public static final AttributeKey HTTP_RESPONSE_CONTENT_TYPE =
      register(36, "http.response.header.content-type");
  public static final AttributeKey RPC_SYSTEM_NAME = register(37, "rpc.system.name");
  public static final AttributeKey RPC_METHOD = register(38, "rpc.method");
  public static final AttributeKey RPC_RESPONSE_STATUS_CODE =
      register(39, "rpc.response.status_code");
  public static final AttributeKey GEN_AI_RESPONSE_MODEL = register(40, "gen_ai.response.model");
  public static final AttributeKey GEN_AI_RESPONSE_ID = register(41, "gen_ai.response.id");
  public static final AttributeKey GEN_AI_REQUEST_TEMPERATURE =
      register(42, "gen_ai.request.temperature");
  public static final AttributeKey GEN_AI_REQUEST_TOP_P = register(43, "gen_ai.request.top_p");
  public static final AttributeKey GEN_AI_REQUEST_TOP_K = register(44, "gen_ai.request.top_k");
  public static final AttributeKey GEN_AI_REQUEST_MAX_TOKENS =
      register(45, "gen_ai.request.max_tokens");
  public static final AttributeKey GEN_AI_REQUEST_SEED = register(46, "gen_ai.request.seed");
  public static final AttributeKey GEN_AI_REQUEST_STOP_SEQUENCES =
      register(47, "gen_ai.request.stop_sequences");
  public static final AttributeKey GEN_AI_REQUEST_FREQUENCY_PENALTY =
      register(48, "gen_ai.request.frequency_penalty");
  public static final AttributeKey GEN_AI_REQUEST_PRESENCE_PENALTY =
      register(49, "gen_ai.request.presence_penalty");
  public static final AttributeKey GEN_AI_REQUEST_CHOICE_COUNT =
      register(50, "gen_ai.request.choice.count");
  public static final AttributeKey GEN_AI_REQUEST_STREAM = register(51, "gen_ai.request.stream");
  public static final AttributeKey GEN_AI_USAGE_INPUT_TOKENS =
      register(52, "gen_ai.usage.input_tokens");
  public static final AttributeKey GEN_AI_USAGE_OUTPUT_TOKENS =
      register(53, "gen_ai.usage.output_tokens");
  public static final AttributeKey GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS =
      register(54, "gen_ai.usage.cache_read.input_tokens");
  public static final AttributeKey GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS =
      register(55, "gen_ai.usage.cache_creation.input_tokens");
  public static final AttributeKey GEN_AI_USAGE_REASONING_OUTPUT_TOKENS =
      register(56, "gen_ai.usage.reasoning.output_tokens");
  public static final AttributeKey GEN_AI_RESPONSE_FINISH_REASONS =
      register(57, "gen_ai.response.finish_reasons");
  public static final AttributeKey GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK =
      register(58, "gen_ai.response.time_to_first_chunk");
  public static final AttributeKey ENGRAM_AI_CHUNKS = register(59, "engram.ai.chunks");
  public static final AttributeKey ENGRAM_AI_TIME_PER_OUTPUT_CHUNK =
      register(60, "engram.ai.time_per_output_chunk");
  public static final AttributeKey ENGRAM_AI_INCOMPLETE = register(61, "engram.ai.incomplete");
  public static final AttributeKey ENGRAM_AI_RETRIES = register(62, "engram.ai.retries");
  public static final AttributeKey ENGRAM_AI_PROMPT_HASH = register(63, "engram.ai.prompt.hash");
  public static final AttributeKey GEN_AI_PROMPT_NAME = register(64, "gen_ai.prompt.name");
  public static final AttributeKey GEN_AI_CONVERSATION_ID = register(65, "gen_ai.conversation.id");
  public static final AttributeKey GEN_AI_AGENT_NAME = register(66, "gen_ai.agent.name");
  public static final AttributeKey GEN_AI_TOOL_NAME = register(67, "gen_ai.tool.name");
  public static final AttributeKey GEN_AI_TOOL_CALL_ID = register(68, "gen_ai.tool.call.id");
  public static final AttributeKey ENGRAM_AI_DOCUMENTS = register(69, "engram.ai.documents");
  public static final AttributeKey ENGRAM_DECISION_ORIGIN = register(80, "engram.decision.origin");
  public static final AttributeKey ENGRAM_DECISION_INPUT_HASH =
      register(81, "engram.decision.input.hash");

  private final String name;
  private final int code;

  private AttributeKey(String name, int code) {
    this.name = name;
    this.code = code;
  }

  private static AttributeKey register(int code, String name) {
    AttributeKey key = new AttributeKey(name, code);
    BY_NAME.put(name, key);
    BY_CODE.put(code, key);
    return key;
  }

  /** The key of this name: the well-known one where there is one. */
  public static AttributeKey of(String name) {
    AttributeKey known = BY_NAME.get(name);
    return known != null ? known : new AttributeKey(name, 0);
  }

  /** The well-known key of this code, or null when this version does not know it. */
  public static @Nullable AttributeKey ofCode(int code) {
    return BY_CODE.get(code);
  }

  /** The highest code that this version knows. */
  public static int maxCode() {
    return Collections.max(BY_CODE.keySet());
  }

  public String name() {
    return name;
  }

  /** The wire code, or 0 when the name travels as text. */
  public int code() {
    return code;
  }

  @Override
  public String toString() {
    return name;
  }
}
