package dev.engram.agent.core.config;

import dev.engram.agent.core.config.Setting.Type;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Switches;
import dev.engram.agent.record.redaction.Pseudonyms;
import dev.engram.agent.record.redaction.Redaction;
import java.util.ArrayList;
import java.util.List;

/** Every setting of the agent. {@code docs/configuration.md} is generated from this class. */
public final class Settings {
  private static final List<Setting> ALL = new ArrayList<>();
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;

  /** Headers of a request that are remembered whatever is configured; lower case. */
  public static final List<String> REQUEST_HEADERS =
      List.of("content-type", "x-request-id", "x-correlation-id");

  /** The same of a response. */
  public static final List<String> RESPONSE_HEADERS = List.of("content-type", "retry-after");

  /** Checks of whether the service lives, and static files. */
  private static final List<String> IGNORED_USUALLY =
      List.of(
          "*/actuator/health",
          "*/actuator/health/*",
          "healthz",
          "livez",
          "readyz",
          "/grpc.health.v1.Health/*",
          "favicon.ico",
          "*.css",
          "*.js",
          "*.map",
          "*.png",
          "*.jpg",
          "*.jpeg",
          "*.gif",
          "*.svg",
          "*.ico",
          "*.webp",
          "*.woff",
          "*.woff2",
          "*.ttf");

  public static final Setting ENABLED =
      flag("engram.enabled", true, "Whether the agent does anything at all.");
  public static final Setting HOME =
      text(
          "engram.home",
          "~/.engram",
          "The memory home: a folder of the user that runs the service.");
  public static final Setting CONFIG =
      text(
          "engram.config",
          "",
          "A file with settings; empty looks for `engram.properties` in the memory home.");
  public static final Setting SERVICE =
      text(
          "engram.service",
          "",
          "The service's name; empty takes it from the jar or the main class, of an unpacked Spring"
              + " Boot application from its manifest.");
  public static final Setting SERVICE_VERSION =
      text(
          "engram.service.version",
          "",
          "The deployed version; empty takes it from the jar's manifest, build-info.properties,"
              + " git.properties or the jar's name.");
  public static final Setting LABEL =
      text(
          "engram.label",
          "",
          "Names the run that this JVM is part of, such as `pr-123`, for `engram gate`.");
  public static final Setting CAPTURE =
      live(
          choice(
              "engram.capture",
              "all",
              Switches.CAPTURE_LEVELS,
              "What is captured: everything; requests in which something failed, whole, and"
                  + " exceptions; or nothing."));
  public static final Setting IGNORE_URLS =
      live(
          list(
              "engram.ignore.urls",
              String.join(",", IGNORED_USUALLY),
              "Paths of requests that are not remembered, nor what is done in them; one that fails"
                  + " with a 5xx is, without what was done in it. * stands for any part of a path,"
                  + " slashes too; what has no slash is compared with the last part of the path,"
                  + " and what begins with *. counts for GET and HEAD alone."));
  public static final Setting IGNORE_METHODS =
      live(
          list(
              "engram.ignore.methods",
              "",
              "Methods of requests that are not remembered, such as OPTIONS,HEAD; as with paths."));
  public static final Setting METHODS =
      list(
          "engram.methods",
          "",
          "Methods to remember, as package.Class#method; * stands for any part of a name.");
  public static final Setting WORKFLOWS =
      list(
          "engram.workflows",
          "",
          "Methods whose calls are runs of a workflow, written as in engram.methods. @WorkflowRun"
              + " in the code does the same, and gives the workflow a name.");
  public static final Setting WORKFLOW_NODES =
      list(
          "engram.workflows.nodes",
          "",
          "Methods whose calls inside such a run are its nodes; @WorkflowNode does the same.");
  public static final Setting CORRELATION_KEYS =
      list(
          "engram.correlation.keys",
          "",
          "Names, such as order_id, by whose values outcomes find their decisions: attributes of"
              + " the span that a decision is made in, and parameters of the method that makes it"
              + " (orderId too, in classes compiled with `-parameters`).");
  public static final Setting DECISION_CHOICE =
      list(
          "engram.decisions.choice",
          "decision,choice",
          "What of a model's answer in JSON is what it chose. An answer is a decision where it has"
              + " such a member, and one of the other two.");
  public static final Setting DECISION_CONFIDENCE =
      list(
          "engram.decisions.confidence",
          "confidence,score",
          "What of such an answer is its confidence, from 0 to 1.");
  public static final Setting DECISION_REASONING =
      list(
          "engram.decisions.reasoning",
          "reasoning,rationale",
          "What of such an answer is its reasoning: a text, or a list of steps.");
  public static final Setting FEEDBACK_ENDPOINTS =
      list(
          "engram.feedback.endpoints",
          "",
          "Requests of the application that judge what it answered, such as `POST"
              + " /chats/{chat}/rating score:stars conversation:chat`; what they say is remembered"
              + " as feedback (ai-and-workflows.md has the rules).");
  public static final Setting RECALL_STATE_KEY =
      text(
          "engram.recall.state-key",
          "",
          "The key under which a node of LangGraph4j finds in its state what is recalled of like"
              + " inputs; empty leaves states as they are.");
  public static final Setting HEAL =
      live(
          choice(
              "engram.heal",
              "observe",
              HealLevel.LABELS,
              "What is done about failures that pass by themselves: nothing; they are noted; or the"
                  + " operation is run again where that is safe and has been shown to help"
                  + " (healing.md has the rules)."));
  public static final Setting HEAL_METHODS =
      list(
          "engram.heal.methods",
          "",
          "Methods that may be run again as a whole when they fail, written as in engram.methods;"
              + " @Idempotent in the code says the same.");
  public static final Setting HEAL_FALLBACK =
      list(
          "engram.heal.fallback",
          "",
          "Methods for whose failure something older may stand in: `com.acme.Prices#load:60s` is"
              + " the last good answer to the same arguments, no older than that (at most 24h);"
              + " `com.acme.Flags#isOn=false` always the same one. Only for methods whose answer"
              + " depends on their object and arguments alone, and is changed by nobody"
              + " (healing.md has the rules).");
  public static final Setting HEAL_MODELS =
      list(
          "engram.heal.models",
          "",
          "Models that may be asked in place of others that are overloaded, at the same address,"
              + " once a person has approved it: `large-model=small-model`; one alone in the"
              + " agent's argument (healing.md has the rules).");
  public static final Setting HEAL_POOL_CONNECTIONS =
      count(
          "engram.heal.pool-connections",
          "100",
          0,
          10_000,
          "Most connections that a pool of HikariCP or DBCP 2 may be given for a while, never more"
              + " than twice what it is set to, once a person has approved it; 0 leaves all pools"
              + " as they are (healing.md has the rules).");
  public static final Setting HEAL_NODES =
      list(
          "engram.heal.nodes",
          "",
          "Nodes of LangGraph4j graphs whose action may be run again when it fails, as"
              + " workflow/node; * stands for any part. Of plain code @Idempotent beside"
              + " @WorkflowNode says it.");
  public static final Setting READINGS_INTERVAL =
      duration(
          "engram.readings.interval",
          "10s",
          3_600_000,
          "How often memory, collections, threads, processors, open files, connection pools and the"
              + " home's disk are read; 0s for never.");
  public static final Setting APP_PACKAGES =
      list(
          "engram.app-packages",
          "",
          "Packages of the application; empty guesses them from the main class.");
  public static final Setting RING_SIZE =
      size(
          "engram.ring.size",
          "8MiB",
          64 * KIB,
          GIB,
          "Size of the ring file; rounded up to a power of two.");
  public static final Setting QUEUE_MAX_BYTES =
      size(
          "engram.queue.max-bytes",
          "1GiB",
          16 * MIB,
          TIB,
          "What the queue may take on disk; from 80% ordinary successes are shed, at 100% the"
              + " oldest files go.");
  public static final Setting QUEUE_ROLL =
      choice(
          "engram.queue.roll",
          "five-minutely",
          List.of("secondly", "minutely", "five-minutely"),
          "How often the queue starts a new file.");
  public static final Setting QUEUE_SYNC =
      duration(
          "engram.queue.sync",
          "0s",
          3_600_000,
          "How often the queue is synced to disk, at most once a second, and when the service stops;"
              + " 0s leaves it to the operating system.");

  /** Read by the collector alone; the agent knows it so that it may stand in the same file. */
  public static final Setting RETENTION_AGE =
      duration(
          "engram.retention.age",
          "30d",
          36_500L * 86_400_000,
          "Requests and what they did, and readings, go from the store when they are older, by"
              + " whole days (UTC); 0d keeps them whatever their age. What people said, and which"
              + " errors there were, stays. The collector's own.");

  /** The same. */
  public static final Setting RETENTION_LASTING_AGE =
      duration(
          "engram.retention.lasting-age",
          "180d",
          36_500L * 86_400_000,
          "The same for errors, decisions, what was told of them, and spans of AI and workflows;"
              + " they are kept no shorter than others. The collector's own.");

  /** The same. */
  public static final Setting RETENTION_ROLLUP_AGE =
      duration(
          "engram.retention.rollup-age",
          "1826d",
          36_500L * 86_400_000,
          "The same for what is left of requests that went: how many each hour, how many of them"
              + " failed, how long they took. The collector's own.");

  /** The same. */
  public static final Setting RETENTION_MAX_BYTES =
      size(
          "engram.retention.max-bytes",
          "10GiB",
          0,
          1024 * TIB,
          "What the store may take; beyond it the oldest goes. 0 for as much as there is room. The"
              + " collector's own.");

  public static final Setting DISK_FLOOR =
      size(
          "engram.disk.floor",
          "64MiB",
          0,
          TIB,
          "Free space on the home's disk below which nothing more is written; a service that starts"
              + " there is remembered once there is more.");
  public static final Setting SHUTDOWN_DRAIN =
      duration(
          "engram.shutdown.drain",
          "2s",
          60_000,
          "How long a clean stop may take to empty the ring.");
  public static final Setting REDACT_KEYS =
      list(
          "engram.redact.keys",
          "",
          "Further names whose values are replaced before they enter a record; * stands for any"
              + " part of a name. Replaced unless allowed: `"
              + String.join(",", Redaction.BUILT_IN_MASKS)
              + "`.");
  public static final Setting REDACT_ALLOW =
      list(
          "engram.redact.allow",
          "",
          "Names that are remembered although a mask matches; * stands for any part of a name. An"
              + " attribute of such a name is not searched for secrets either.");

  public static final Setting CAPTURE_ATTRIBUTE_LIMIT =
      size(
          "engram.capture.attribute.limit",
          "4KiB",
          16,
          1 << 20,
          "Bytes kept of one attribute's text, such as a SQL statement.");
  public static final Setting CAPTURE_ATTRIBUTE_COUNT =
      count("engram.capture.attribute.count", "128", 0, 1024, "Attributes kept of one operation.");
  public static final Setting CAPTURE_PAYLOAD_LIMIT =
      size(
          "engram.capture.payload.limit",
          "1MiB",
          0,
          16 << 20,
          "Bytes kept of one payload, such as the input of a remembered method.");
  public static final Setting CAPTURE_AI_CONTENT =
      choice(
          "engram.capture.ai.content",
          "redacted",
          List.of("redacted", "full", "none"),
          "How prompts, answers and what tools and retrievals were given and gave are kept:"
              + " redacted as everything is, as they are, or only how large they were.");
  public static final Setting CAPTURE_AI_CONTENT_LIMIT =
      size(
          "engram.capture.ai.content.limit",
          "4MiB",
          0,
          16 << 20,
          "Bytes kept of each of them, in place of `engram.capture.payload.limit`.");
  public static final Setting CAPTURE_USER =
      choice(
          "engram.capture.user",
          "hash",
          Pseudonyms.MODES,
          "How the users of requests are remembered. Their sessions are always hashed; `off` leaves"
              + " out both.");
  public static final Setting CAPTURE_USER_HEADER =
      text(
          "engram.capture.user.header",
          "",
          "A header of HTTP requests that names their user, such as a gateway in front sets it; it"
              + " goes before what frameworks know.");
  public static final Setting CAPTURE_USER_ATTRIBUTE =
      text(
          "engram.capture.user.attribute",
          "",
          "An attribute of servlet requests that names their user, as a text, number or UUID, such"
              + " as a filter of the application sets it; it goes before what frameworks know, after"
              + " the header.");
  public static final Setting CAPTURE_SESSION_COOKIES =
      list(
          "engram.capture.session.cookies",
          "SESSION,vertx-web.session",
          "Cookies that name the session of a request where no servlet container does: those of"
              + " Spring Session, WebFlux and Vert.x Web, or the application's own.");
  public static final Setting CAPTURE_ARGUMENTS =
      choice(
          "engram.capture.arguments",
          "errors",
          List.of("errors", "off"),
          "Whether the arguments of a method are kept when it throws, where `engram.app-packages`"
              + " names its package: of remembered methods, and those of controllers, services,"
              + " listeners and other components of Spring, JAX-RS, CDI and EJB. Of objects that"
              + " are no plain values, of long text, and of text in classes compiled without"
              + " `-parameters`, only the class is.");
  public static final Setting CAPTURE_BODY_LIMIT =
      size(
          "engram.capture.body.limit",
          "8KiB",
          0,
          1 << 20,
          "Bytes kept of the body of a request or response, where it is text; 0 watches no body.");
  public static final Setting CAPTURE_REQUEST_HEADERS =
      list(
          "engram.capture.request-headers",
          "",
          "Further headers of requests to remember, beside `"
              + String.join(",", REQUEST_HEADERS)
              + "`.");
  public static final Setting CAPTURE_RESPONSE_HEADERS =
      list(
          "engram.capture.response-headers",
          "",
          "Further headers of responses to remember, beside `"
              + String.join(",", RESPONSE_HEADERS)
              + "`.");
  public static final Setting CAPTURE_MESSAGE_LIMIT =
      size(
          "engram.capture.message.limit",
          "8KiB",
          16,
          1 << 20,
          "Bytes kept of an exception's message.");
  public static final Setting CAPTURE_FRAMES =
      count(
          "engram.capture.frames",
          "256",
          1,
          1024,
          "Stack frames kept of one throwable, those nearest to the fault.");
  public static final Setting CAPTURE_CAUSES =
      count("engram.capture.causes", "8", 0, 32, "Causes kept of one exception.");
  public static final Setting CAPTURE_SUPPRESSED =
      count(
          "engram.capture.suppressed",
          "8",
          0,
          32,
          "Suppressed throwables kept of one exception and all its causes.");

  private Settings() {}

  /** Whether one instrumentation is on. */
  public static Setting instrumentation(String name) {
    return Setting.ofInstrumentation(name);
  }

  /** In the order of the reference. */
  public static List<Setting> all() {
    return List.copyOf(ALL);
  }

  private static Setting flag(String key, boolean byDefault, String doc) {
    return add(Setting.unbounded(key, Type.BOOLEAN, String.valueOf(byDefault), doc));
  }

  private static Setting text(String key, String byDefault, String doc) {
    return add(Setting.unbounded(key, Type.TEXT, byDefault, doc));
  }

  private static Setting list(String key, String byDefault, String doc) {
    return add(Setting.unbounded(key, Type.LIST, byDefault, doc));
  }

  private static Setting size(String key, String byDefault, long min, long max, String doc) {
    return add(new Setting(key, Type.SIZE, byDefault, List.of(), min, max, doc, false));
  }

  private static Setting duration(String key, String byDefault, long maxMillis, String doc) {
    return add(new Setting(key, Type.DURATION, byDefault, List.of(), 0, maxMillis, doc, false));
  }

  private static Setting count(String key, String byDefault, long min, long max, String doc) {
    return add(new Setting(key, Type.INTEGER, byDefault, List.of(), min, max, doc, false));
  }

  private static Setting choice(String key, String byDefault, List<String> choices, String doc) {
    return add(new Setting(key, Type.CHOICE, byDefault, choices, 0, 0, doc, false));
  }

  private static Setting live(Setting added) {
    Setting live = added.switchable();
    ALL.set(ALL.indexOf(added), live);
    return live;
  }

  private static Setting add(Setting setting) {
    ALL.add(setting);
    return setting;
  }
}
