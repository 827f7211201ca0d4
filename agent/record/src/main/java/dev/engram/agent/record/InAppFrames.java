package dev.engram.agent.record;

/** Decides which stack frames belong to the application. Pure. */
@FunctionalInterface
public interface InAppFrames {
  boolean isInApp(String className);
}
