package dev.engram.agent.core.capture;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.record.Category;

/**
 * What is kept of prompts, answers, and what tools and retrievals were given and gave. Immutable.
 *
 * @param asItIs whether it is not redacted
 * @param limit bytes of each payload; 0 keeps sizes alone
 */
record AiContent(boolean asItIs, int limit) {
  static AiContent of(Configuration configuration) {
    String mode = configuration.text(Settings.CAPTURE_AI_CONTENT);
    int limit = (int) configuration.number(Settings.CAPTURE_AI_CONTENT_LIMIT);
    return new AiContent(mode.equals("full"), mode.equals("none") ? 0 : limit);
  }

  static boolean isOf(Category category) {
    return category == Category.AI || category == Category.TOOL;
  }
}
