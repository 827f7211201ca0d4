package dev.engram.agent.core.capture;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;

/**
 * What of all that happens is remembered; may be another for the next request. Immutable.
 *
 * @param ignored requests that are remembered only if they fail
 */
record CapturePolicy(CaptureLevel level, IgnoredRequests ignored) {
  static CapturePolicy of(Configuration configuration) {
    return new CapturePolicy(
        CaptureLevel.of(configuration.text(Settings.CAPTURE)),
        new IgnoredRequests(
            configuration.list(Settings.IGNORE_METHODS), configuration.list(Settings.IGNORE_URLS)));
  }

  boolean isOff() {
    return level == CaptureLevel.OFF;
  }
}
