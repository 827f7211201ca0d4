package dev.engram.collector.intake;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.engram.agent.record.InAppFrames;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@code instance.json} says of an instance. Unknown fields are ignored, missing ones are null
 * or empty; the id alone must be there.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record InstanceDescription(
    @JsonProperty("instance_id") UUID instanceId,
    @JsonProperty("service") @Nullable String service,
    @JsonProperty("service_version") @Nullable String serviceVersion,
    @JsonProperty("service_revision") @Nullable String serviceRevision,
    @JsonProperty("pid") long pid,
    @JsonProperty("host") String host,
    @JsonProperty("boot_id") String bootId,
    @JsonProperty("started_epoch_nanos") long startedEpochNanos,
    @JsonProperty("agent_version") @Nullable String agentVersion,
    @JsonProperty("java_version") @Nullable String javaVersion,
    @JsonProperty("java_vendor") @Nullable String javaVendor,
    @JsonProperty("main") @Nullable String main,
    @JsonProperty("app_packages") @Nullable List<String> appPackages,
    @JsonProperty("label") @Nullable String label) {
  @SuppressWarnings("ConstantValue") // Jackson gives null for what is missing.
  InstanceDescription {
    host = host == null ? "" : host;
    bootId = bootId == null ? "" : bootId;
  }

  private static final int MAX_LENGTH = 1 << 20;
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  /**
   * Reads the file.
   *
   * @throws DamagedDescriptionException when it is missing, or not what an agent writes
   */
  static InstanceDescription read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] json = in.readNBytes(MAX_LENGTH + 1);
      if (json.length > MAX_LENGTH) {
        throw new DamagedDescriptionException("is too long to describe an instance");
      }
      return parse(json);
    } catch (NoSuchFileException missing) {
      throw new DamagedDescriptionException("is missing");
    }
  }

  private static InstanceDescription parse(byte[] json) throws IOException {
    try {
      @Nullable InstanceDescription read = JSON.readValue(json, InstanceDescription.class);
      if (read == null || read.instanceId == null) {
        throw new DamagedDescriptionException("has no instance_id");
      }
      return read;
    } catch (JsonProcessingException broken) {
      throw new DamagedDescriptionException(json.length == 0 ? "is empty" : "cannot be parsed");
    }
  }

  /**
   * What the name of an instance folder says.
   *
   * @throws IOException when it is no such name
   */
  static InstanceDescription ofFolder(Path folder, IOException why) throws IOException {
    String name = folder.getFileName().toString();
    int at = name.lastIndexOf('@');
    try {
      UUID id = UUID.fromString(name.substring(at + 1));
      return new InstanceDescription(
          id,
          name.substring(0, Math.max(0, at)),
          null,
          null,
          0,
          "",
          "",
          0,
          null,
          null,
          null,
          null,
          null,
          null);
    } catch (IllegalArgumentException noId) {
      throw why;
    }
  }

  /** Which frames are the application's own. */
  InAppFrames inApp() {
    return InAppFrames.of(packages());
  }

  private List<String> packages() {
    List<String> packages = appPackages == null ? List.of() : appPackages;
    return packages.stream().filter(Objects::nonNull).toList();
  }

  InstanceId id() {
    return new InstanceId(instanceId);
  }

  /** The instance while it runs, with OpenTelemetry's names for what is known of it. */
  Instance running() {
    Map<String, Object> attributes = new TreeMap<>();
    put(attributes, Instance.LABEL, orEmpty(label).isEmpty() ? null : label);
    put(attributes, "host.name", host);
    put(attributes, "process.command", main);
    put(attributes, "process.pid", pid == 0 ? null : pid);
    put(attributes, "process.runtime.version", javaVersion);
    put(attributes, "process.runtime.description", javaVendor);
    put(attributes, "telemetry.distro.version", agentVersion);
    put(
        attributes,
        Instance.APP_PACKAGES,
        packages().isEmpty() ? null : String.join(",", packages()));
    put(
        attributes,
        "vcs.ref.head.revision",
        orEmpty(serviceRevision).isEmpty() ? null : serviceRevision);
    return new Instance(
        id(), orEmpty(service), orEmpty(serviceVersion), startedEpochNanos, 0, attributes);
  }

  private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
    if (value != null) {
      attributes.put(name, value);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
