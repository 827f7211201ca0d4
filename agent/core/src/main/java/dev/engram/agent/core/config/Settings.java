package dev.engram.agent.core.config;

import dev.engram.agent.core.config.Setting.Type;
import java.util.ArrayList;
import java.util.List;

/** Every setting of the agent. {@code docs/configuration.md} is generated from this class. */
public final class Settings {
  private static final List<Setting> ALL = new ArrayList<>();

  public static final Setting ENABLED =
      add(Type.BOOLEAN, "engram.enabled", "true", "Whether the agent does anything at all.");
  public static final Setting HOME =
      add(
          Type.TEXT,
          "engram.home",
          "~/.engram",
          "The memory home: a folder of the user that runs the service.");
  public static final Setting SERVICE =
      add(
          Type.TEXT,
          "engram.service",
          "",
          "The service's name; empty takes it from the jar or the main class.");
  public static final Setting CAPTURE =
      choice("engram.capture", "all", List.of("all", "errors", "off"), "What is captured.");
  public static final Setting METHODS =
      add(
          Type.LIST,
          "engram.methods",
          "",
          "Methods to remember, as package.Class#method; * stands for any part of a name.");
  public static final Setting APP_PACKAGES =
      add(
          Type.LIST,
          "engram.app-packages",
          "",
          "Packages of the application; empty guesses them from the main class.");
  public static final Setting RING_SIZE =
      sized(
          "engram.ring.size",
          "8MiB",
          64 << 10,
          1 << 30,
          "Size of the ring file; rounded up to a power of two.");
  public static final Setting QUEUE_MAX_BYTES =
      sized(
          "engram.queue.max-bytes",
          "1GiB",
          16L << 20,
          1L << 40,
          "What the queue may take on disk; from 80% ordinary successes are shed, at 100% whole oldest cycles go.");
  public static final Setting QUEUE_ROLL =
      choice(
          "engram.queue.roll",
          "five-minutely",
          List.of("secondly", "minutely", "five-minutely"),
          "How often the queue starts a new file.");
  public static final Setting QUEUE_SYNC =
      new SettingBuilderEntry(
              Type.DURATION,
              "engram.queue.sync",
              "0s",
              0,
              3_600_000L,
              "How often the queue is synced to disk; 0s leaves it to the operating system.")
          .register(ALL);
  public static final Setting DISK_FLOOR =
      sized(
          "engram.disk.floor",
          "64MiB",
          0,
          1L << 40,
          "Free space on the home's disk below which nothing more is written.");
  public static final Setting SHUTDOWN_DRAIN =
      new SettingBuilderEntry(
              Type.DURATION,
              "engram.shutdown.drain",
              "2s",
              0,
              60_000L,
              "How long a clean stop may take to empty the ring.")
          .register(ALL);
  public static final Setting REDACT_KEYS =
      add(
          Type.LIST,
          "engram.redact.keys",
          "authorization,cookie,set-cookie,*password*,passwd,pwd,*secret*,*token*,*api*key*,*session*,*credential*",
          "Names whose values are replaced before they enter a record; * stands for any part of a name.");

  private Settings() {}

  /** In the order of the reference. */
  public static List<Setting> all() {
    return List.copyOf(ALL);
  }

  private static Setting add(Type type, String key, String defaultText, String doc) {
    return new SettingBuilderEntry(type, key, defaultText, Long.MIN_VALUE, Long.MAX_VALUE, doc)
        .register(ALL);
  }

  private static Setting sized(String key, String defaultText, long min, long max, String doc) {
    return new SettingBuilderEntry(Type.SIZE, key, defaultText, min, max, doc).register(ALL);
  }

  private static Setting choice(String key, String defaultText, List<String> choices, String doc) {
    Setting setting =
        new Setting(key, Type.CHOICE, defaultText, choices, Long.MIN_VALUE, Long.MAX_VALUE, doc);
    ALL.add(setting);
    return setting;
  }

  private record SettingBuilderEntry(
      Type type, String key, String defaultText, long min, long max, String doc) {
    Setting register(List<Setting> all) {
      Setting setting = new Setting(key, type, defaultText, List.of(), min, max, doc);
      all.add(setting);
      return setting;
    }
  }
}
