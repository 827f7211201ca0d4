package dev.engram.agent.core.remedy;

import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.ai.wire.ModelName;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.record.control.Remedy;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which model may be asked in place of which, as somebody has set it. Thread-safe; used on
 * application threads.
 */
final class AlternativeModels {
  /** Nothing that JSON would escape, or that a line of a log could not show. */
  private static final Pattern RULE = Pattern.compile("([\\w.:/@+-]{1,60})=([\\w.:/@+-]{1,60})");

  /** Azure's interfaces name the model there, and do not look at what the body says. */
  private static final String IN_PATH = "/deployments/";

  private static volatile Map<String, String> alternatives = Map.of();

  private AlternativeModels() {}

  /**
   * What would be asked instead.
   *
   * @param action by which remedies know it, such as {@code alternative ai api.example:443
   *     large=small}
   * @param body of the question to the other model
   */
  record Found(String action, byte[] body) {}

  /** From now on these hold. */
  static void use(Map<String, String> byModel) {
    alternatives = Map.copyOf(byModel);
  }

  static boolean isNone() {
    return alternatives.isEmpty();
  }

  /** Those that are set, one for each model. What cannot be used is left out, and told. */
  static Map<String, String> listed(Configuration configuration) {
    Map<String, String> byModel = new LinkedHashMap<>();
    for (String text : configuration.list(Settings.HEAL_MODELS)) {
      Matcher parts = RULE.matcher(text.strip());
      if (!parts.matches() || parts.group(1).equals(parts.group(2))) {
        leftOut(text, "; write model=other-model");
      } else if (byModel.putIfAbsent(parts.group(1), parts.group(2)) != null) {
        leftOut(text, ": the model is named before");
      }
    }
    return byModel;
  }

  private static void leftOut(String text, String why) {
    AgentLog.line(Settings.HEAL_MODELS.key() + ": '" + text + "' is left out" + why);
  }

  /** Whether a request asks a model that its body names, for what another one could answer too. */
  static boolean mayBeFor(ClientRequest request) {
    Endpoint endpoint = Endpoint.of(request.method(), request.host(), request.url());
    return endpoint != null && endpoint.isOpenToModels() && !request.url().contains(IN_PATH);
  }

  /** Null where nothing is set for the model that is asked. */
  static @Nullable Found find(ClientRequest request, byte @Nullable [] body) {
    ModelName asked = body == null ? null : ModelName.in(body);
    String other = asked == null ? null : alternatives.get(asked.text());
    if (asked == null || other == null) {
      return null;
    }
    int port = request.port() > 0 ? request.port() : request.defaultPort();
    String host = String.valueOf(request.host()).toLowerCase(Locale.ROOT);
    String place = "ai " + host + ':' + port + ' ' + asked.text() + '=' + other;
    return new Found(Remedy.Kind.ALTERNATIVE.at(place), asked.replacedBy(other));
  }
}
