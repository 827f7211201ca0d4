package org.springframework.ai.counted;

import org.springframework.ai.chat.metadata.DefaultUsage;

/** What Spring AI's module for Gemini counts beyond the framework. */
public final class ExtendedUsage extends DefaultUsage {
  private final int cached;
  private final int usedByTools;

  public ExtendedUsage(int input, int output, int total, int cached, int usedByTools) {
    super(input, output, total);
    this.cached = cached;
    this.usedByTools = usedByTools;
  }

  public Integer getCachedContentTokenCount() {
    return cached;
  }

  public Integer getToolUsePromptTokenCount() {
    return usedByTools;
  }
}
