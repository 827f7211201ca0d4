package dev.engram.agent.core.home;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The version of this agent, as its build wrote it. */
final class AgentVersion {
  private static final String RESOURCE = "agent-version.txt";

  private AgentVersion() {}

  static String text() {
    try (InputStream text = AgentVersion.class.getResourceAsStream(RESOURCE)) {
      return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      return "";
    }
  }
}
