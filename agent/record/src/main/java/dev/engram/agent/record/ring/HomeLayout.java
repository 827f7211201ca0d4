package dev.engram.agent.record.ring;

import java.nio.file.Path;

/** The names inside a memory home ({@code engram.home}). */
public final class HomeLayout {
  public static final String INSTANCES = "instances";
  public static final String CONTROL = "control";
  public static final String SALT = "salt";
  public static final String SWITCHES = "switches.json";
  public static final String REMEDIES = "remedies.json";
  public static final String STORE = "store";

  /** What services may recall, a file for each. */
  public static final String RECALL = "recall";

  /** What people and programs told and no collector has taken yet. */
  public static final String TOLD = "told";

  /** Jars that the command line unpacked. */
  public static final String LIBRARY = "lib";

  public static final String QUARANTINE = "quarantine";
  public static final String COLLECTOR_LOCK = "collector.lock";
  public static final String COLLECTOR_FILE = "collector.json";

  /** Settings of the services, and of what is told. */
  public static final String SETTINGS = "engram.properties";

  /** Prefix of an instance folder that is not complete yet. */
  public static final String NEW_PREFIX = ".new-";

  public static final String INSTANCE_FILE = "instance.json";

  /** What the agent says of itself: settings in force, and what it instrumented. */
  public static final String AGENT_FILE = "agent.json";

  public static final String INSTANCE_LOCK = "instance.lock";
  public static final String RING = "ring";
  public static final String QUEUE = "queue";

  private HomeLayout() {}

  public static Path instances(Path home) {
    return home.resolve(INSTANCES);
  }

  /** What people switched; need not exist. */
  public static Path switches(Path home) {
    return home.resolve(CONTROL).resolve(SWITCHES);
  }

  /** What services do about failures, as the collector found it to help; need not exist. */
  public static Path remedies(Path home) {
    return home.resolve(CONTROL).resolve(REMEDIES);
  }

  /** In the folder of what services may recall. The name must already be safe as a file name. */
  public static String recallFile(String service) {
    return service + ".json";
  }

  /**
   * The folder's name, {@code <service>@<instance-id>}. The service must already be safe as a file
   * name.
   */
  public static String instanceFolder(String service, String instanceId) {
    return service + "@" + instanceId;
  }
}
