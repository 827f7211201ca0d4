package dev.engram.integration.healing;

import dev.engram.integration.healing.FaultyPeer.Misbehaviour;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Another service that misbehaves; of its own port, so that it is a place of its own. */
final class PeerStage implements Stage {
  private final FaultyPeer peer;
  private final AtomicInteger others = new AtomicInteger();
  private final String route;
  private final String sort;
  private final String suffix;
  private final IntFunction<Misbehaviour> misbehaviour;

  private PeerStage(
      FaultyPeer peer,
      String route,
      String sort,
      String suffix,
      IntFunction<Misbehaviour> misbehaviour) {
    this.peer = peer;
    this.route = route;
    this.sort = sort;
    this.suffix = suffix;
    this.misbehaviour = misbehaviour;
  }

  /**
   * One that a route of the service asks.
   *
   * @param misbehaviour of each event
   */
  static PeerStage asked(String route, IntFunction<Misbehaviour> misbehaviour) throws IOException {
    return at(new FaultyPeer(), route, misbehaviour);
  }

  /** The same of a service that stands already; whoever closes one of its stages closes it. */
  static PeerStage at(FaultyPeer peer, String route, IntFunction<Misbehaviour> misbehaviour) {
    return new PeerStage(peer, route, "http", "", misbehaviour);
  }

  /** A provider of models. */
  static PeerStage model(IntFunction<Misbehaviour> misbehaviour) throws IOException {
    return new PeerStage(new FaultyPeer(), "/ask", "ai", "/v1/chat/completions", misbehaviour);
  }

  @Override
  public String event(int number, Episode episode) {
    String path = path(number);
    peer.expect(path, misbehaviour.apply(number), episode);
    return route + "?" + peer.url(path);
  }

  /** How often an event was asked for. */
  int asked(int number) {
    return peer.received(path(number)).size();
  }

  @Override
  public String other() {
    return route + "?" + peer.url("/other/" + others.incrementAndGet() + suffix);
  }

  @Override
  public String place() {
    return sort + " 127.0.0.1:" + peer.port();
  }

  @Override
  public int asked() {
    return peer.requests();
  }

  @Override
  public void close() throws IOException {
    peer.close();
  }

  private String path(int number) {
    return "/event" + route + "/" + number + suffix;
  }
}
