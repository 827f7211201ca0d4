package dev.engram.agent.core.capture;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.record.Category;

/**
 * How much is kept. Sizes are UTF-8 bytes. Immutable.
 *
 * @param attribute of one attribute's text
 * @param attributes of one span
 * @param payload of one payload
 * @param message of an exception's message
 * @param frames of one throwable
 * @param causes of one exception
 * @param suppressed of one exception with all its causes
 * @param ai of one payload of a call of a model or tool
 */
record CaptureLimits(
    int attribute,
    int attributes,
    int payload,
    int message,
    int frames,
    int causes,
    int suppressed,
    AiContent ai) {
  static CaptureLimits from(Configuration configuration) {
    return new CaptureLimits(
        (int) configuration.number(Settings.CAPTURE_ATTRIBUTE_LIMIT),
        (int) configuration.number(Settings.CAPTURE_ATTRIBUTE_COUNT),
        (int) configuration.number(Settings.CAPTURE_PAYLOAD_LIMIT),
        (int) configuration.number(Settings.CAPTURE_MESSAGE_LIMIT),
        (int) configuration.number(Settings.CAPTURE_FRAMES),
        (int) configuration.number(Settings.CAPTURE_CAUSES),
        (int) configuration.number(Settings.CAPTURE_SUPPRESSED),
        AiContent.of(configuration));
  }

  /** A quarter of what makes an exception large, for one that did not fit. */
  CaptureLimits quarter() {
    return new CaptureLimits(
        attribute,
        attributes,
        payload,
        message / 4,
        frames / 4,
        (causes + 1) / 2,
        suppressed / 2,
        ai);
  }

  /** Of one payload of a span of this category. */
  int payload(Category category) {
    return AiContent.isOf(category) ? ai.limit() : payload;
  }

  /** Whether its payloads enter a record as they are. */
  boolean asItIs(Category category) {
    return ai.asItIs() && AiContent.isOf(category);
  }
}
