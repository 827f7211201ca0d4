package dev.engram.integration.healing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cache of the service that is cold: several requests miss the same in the same moment, and all
 * ask for it. Which of their attempts come too late is one schedule for all of them.
 */
final class StampedeStage implements Stage {
  private static final int CALLERS = 3;

  private final FaultyPeer peer = new FaultyPeer();
  private final AtomicInteger others = new AtomicInteger();

  StampedeStage() throws IOException {}

  @Override
  public String event(int number, Episode episode) {
    String path = "/event/" + number;
    peer.expect(path, FaultyPeer::slow, episode);
    return request(path);
  }

  @Override
  public String other() {
    return request("/other/" + others.incrementAndGet());
  }

  @Override
  public String place() {
    return "http 127.0.0.1:" + peer.port();
  }

  @Override
  public int callers() {
    return CALLERS;
  }

  @Override
  public int asked() {
    return peer.requests();
  }

  @Override
  public void close() throws IOException {
    peer.close();
  }

  private String request(String path) {
    return "/cached?" + peer.url(path);
  }
}
