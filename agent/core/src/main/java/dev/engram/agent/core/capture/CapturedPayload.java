package dev.engram.agent.core.capture;

import dev.engram.agent.record.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * A payload that waits for its span to end. Its text is as the application gave it.
 *
 * @param name what it is, such as {@code input}
 * @param contentType a media type, or null when unknown
 * @param wholeSize bytes of the whole when the text is only its beginning, else 0
 */
record CapturedPayload(String name, @Nullable String contentType, String text, long wholeSize) {
  /** Itself where it is not longer; what is left out is not looked at. */
  CapturedPayload beginning(int characters) {
    return text.length() <= characters
        ? this
        : new CapturedPayload(
            name,
            contentType,
            text.substring(0, characters),
            Math.max(wholeSize, Utf8.length(text)));
  }
}
