package dev.engram.collector.server.http;

/** What a path of the server does with what is posted to it. Called by several threads at once. */
public interface Resource {
  /**
   * Takes what was posted.
   *
   * @throws RefusedException when it cannot be taken
   */
  Answer post(Members body) throws RefusedException;
}
