package dev.engram.collector.intake;

import dev.engram.agent.record.ring.HomeLayout;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a service, its collectors and their crashes. Whenever one of them is about to do what
 * the other could see or a crash could cut short, the choices say who goes on and who dies. Both
 * run their real code, on one thread: one may take whole actions while the other is in the midst of
 * one.
 */
final class HandOver implements MemoryDisk.Watch {
  private static final int LONGEST = 200;

  private enum Actor {
    SERVICE,
    COLLECTOR
  }

  private record Action(Actor actor, String name, Runnable body) {}

  private final SearchPlan plan;
  private final Choices choices;
  private final MemoryDisk disk = new MemoryDisk();
  private final Path home = disk.path("/home");
  private final List<String> trace = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final ModelStore store;
  private final ModelService service;
  private Intakes intakes;
  private boolean serviceAlive = true;
  private boolean serviceBusy;
  private boolean collectorAlive;
  private boolean collectorBusy;
  private Digest collectorHistory = new Digest();
  private Digest serviceHistory = new Digest();
  private int killsLeft;
  private int roundsLeft;
  private int outagesLeft;
  private int failuresLeft;
  private Actor current;
  private Choices.Known known;

  HandOver(SearchPlan plan, BrokenRule broken, Choices choices) {
    this.plan = plan;
    this.choices = choices;
    killsLeft = plan.collectorKills();
    roundsLeft = plan.rounds();
    outagesLeft = plan.outages();
    failuresLeft = plan.failures();
    store = new ModelStore(this, broken);
    service = new ModelService(disk, home, plan, broken, this);
    if (broken == BrokenRule.LIVE_INSTANCE_ADOPTED) {
      service.die();
    }
    disk.watch(this);
  }

  /**
   * Runs until the instance is stored and its folder gone.
   *
   * @return false when the rest of the run is known
   */
  boolean run() {
    try {
      for (int round = 0; !isOver(); round++) {
        if (round == LONGEST) {
          throw new AssertionError("it does not end");
        }
        List<Action> options = idleOptions();
        perform(options.get(choices.choose(options.size(), this::state)));
      }
      return true;
    } catch (Choices.Known end) {
      return false;
    }
  }

  private boolean isOver() {
    String instances = HomeLayout.instances(home) + "/";
    return !serviceAlive && disk.names().stream().noneMatch(name -> name.startsWith(instances));
  }

  /** What each of them did, in order. */
  List<String> trace() {
    return trace;
  }

  /** What the collectors said to a person. */
  List<String> lines() {
    return lines;
  }

  ModelStore store() {
    return store;
  }

  ModelService service() {
    return service;
  }

  private List<Action> idleOptions() {
    List<Action> options = new ArrayList<>();
    if (serviceAlive) {
      options.addAll(serviceOptions());
    } else if (collectorAlive) {
      options.add(collector("adopt", this::adopt));
    } else {
      options.add(collector("start", this::start));
    }
    options.addAll(collectorOptions());
    if (outagesLeft > 0) {
      options.add(new Action(null, "OUTAGE", this::outage));
    }
    return options;
  }

  private List<Action> serviceOptions() {
    List<Action> options = new ArrayList<>();
    if (service.hasMoreToOffer()) {
      options.add(service("offer", service::offer));
    }
    if (service.hasMoreToMove()) {
      for (int limit = 1; limit <= plan.batch(); limit++) {
        int records = limit;
        options.add(service("move " + limit, () -> service.move(records)));
      }
    }
    if (service.isOverBudget()) {
      options.add(service("keep bounds", service::keepBounds));
    }
    options.add(service("stop", this::stop));
    options.add(new Action(null, "SERVICE KILLED", this::killService));
    return options;
  }

  private List<Action> collectorOptions() {
    List<Action> options = new ArrayList<>();
    if (roundsLeft == 0) {
      return options;
    }
    if (!collectorAlive) {
      if (serviceAlive) {
        options.add(round("start", this::start));
      }
      return options;
    }
    if (serviceAlive) {
      options.add(round("poll", () -> intakes.poll()));
      options.add(round("count", () -> intakes.count()));
    }
    options.add(round("remove stored", () -> intakes.removeStored()));
    return options;
  }

  private static Action service(String name, Runnable body) {
    return new Action(Actor.SERVICE, name, body);
  }

  private static Action collector(String name, Runnable body) {
    return new Action(Actor.COLLECTOR, name, body);
  }

  /** Something that a collector may do early or not at all, so often and no more. */
  private Action round(String name, Runnable body) {
    return collector(
        name,
        () -> {
          roundsLeft--;
          body.run();
        });
  }

  private void start() {
    collectorAlive = true;
    collectorHistory = new Digest();
    Clock later =
        Clock.fixed(
            Instant.ofEpochMilli(ModelService.HEARTBEAT_EPOCH_MILLIS).plusSeconds(3600),
            ZoneOffset.UTC);
    Committer committer = new Committer(store, () -> false, lines::add);
    intakes =
        new Intakes(home, Territory.ofThisHost(), committer, store.reader(), later, lines::add);
    intakes.scan();
  }

  private void adopt() {
    intakes.scan();
    intakes.poll();
  }

  private void stop() {
    service.stop();
    killService();
  }

  private void killService() {
    serviceAlive = false;
    service.die();
  }

  private void killCollector() {
    killsLeft--;
    collectorAlive = false;
  }

  private void failWriter() {
    failuresLeft--;
    throw new WriterFailure();
  }

  private void outage() {
    outagesLeft--;
    collectorAlive = false;
    killService();
    store.outage();
  }

  private void perform(Action action) {
    trace.add(action.name);
    if (action.actor == null) {
      action.body.run();
      return;
    }
    Actor outer = current;
    current = action.actor;
    busy(action.actor, true);
    try {
      note(action.name.hashCode());
      action.body.run();
    } catch (Killed gone) {
      trace.add("(gone)");
    } finally {
      busy(action.actor, false);
      current = outer;
    }
    if (action.actor == Actor.SERVICE) {
      serviceHistory = new Digest().add(service.digest());
    }
  }

  private void busy(Actor actor, boolean busy) {
    if (actor == Actor.SERVICE) {
      serviceBusy = busy;
    } else {
      collectorBusy = busy;
    }
  }

  @Override
  public void before(String operation) {
    if (current == null || failuresLeft == 0 && isUnseen(operation)) {
      return;
    }
    requireAlive();
    note(operation.hashCode());
    List<Action> options = stepOptions(operation);
    while (!options.isEmpty()) {
      int chosen = choose(options.size() + 1);
      if (chosen == 0) {
        break;
      }
      perform(options.get(chosen - 1));
      requireAlive();
      options = stepOptions(operation);
    }
    trace.add("  " + operation);
    if (current == Actor.SERVICE && operation.startsWith("delete ")) {
      service.removing(operation.substring("delete ".length()));
    }
  }

  @Override
  public void seen(long value) {
    if (current == Actor.COLLECTOR) {
      collectorHistory.add(value);
    }
  }

  private void note(long value) {
    (current == Actor.SERVICE ? serviceHistory : collectorHistory).add(value);
  }

  private List<Action> stepOptions(String operation) {
    List<Action> options = new ArrayList<>();
    if (current == Actor.SERVICE) {
      options.add(new Action(null, "SERVICE KILLED", this::killService));
      if (collectorAlive && !collectorBusy && isSeenByOthers(operation)) {
        options.addAll(collectorOptions());
      }
      if (failuresLeft > 0 && isOfQueue(operation)) {
        options.add(new Action(null, "WRITER FAILS", this::failWriter));
      }
      return options;
    }
    if (killsLeft > 0 && isChange(operation)) {
      options.add(new Action(null, "COLLECTOR KILLED", this::killCollector));
    }
    if (outagesLeft > 0 && isChange(operation)) {
      options.add(new Action(null, "OUTAGE", this::outage));
    }
    if (serviceAlive && !serviceBusy) {
      options.addAll(serviceOptions());
    }
    return options;
  }

  /** While a service lives, nobody else looks into its ring. */
  private static boolean isSeenByOthers(String operation) {
    return !operation.startsWith("ring ") && !operation.startsWith("header ");
  }

  /** Such a step differs from the one before by what its failure leaves, and by nothing else. */
  private static boolean isUnseen(String operation) {
    return operation.equals(ModelQueue.AFTER_EXCERPT) || operation.equals(ModelQueue.MEASURE);
  }

  /** A plain store into memory does not fail, and a queue file that is removed may stay. */
  private static boolean isOfQueue(String operation) {
    return isSeenByOthers(operation) && !operation.startsWith("delete ");
  }

  /** A kill before a mere look leaves what a kill before the next change leaves. */
  private static boolean isChange(String operation) {
    return !operation.startsWith("open ")
        && !operation.startsWith("read ")
        && !operation.startsWith("list ")
        && !operation.startsWith("lock ")
        && !operation.equals("store: checkpoint");
  }

  private void requireAlive() {
    if (known != null) {
      throw known;
    }
    if (current == Actor.SERVICE ? !serviceAlive : !collectorAlive) {
      throw new Killed();
    }
  }

  private int choose(int options) {
    try {
      return choices.choose(options, this::state);
    } catch (Choices.Known end) {
      known = end;
      throw end;
    }
  }

  private long state() {
    Actor acting = current;
    current = null;
    Digest digest = new Digest().add(disk.digest()).add(store.digest()).add(service.fates());
    digest.add(serviceAlive ? serviceHistory.value() : 0);
    digest.add(collectorAlive ? collectorHistory.value() : 0);
    digest.add(killsLeft).add(roundsLeft).add(outagesLeft).add(failuresLeft);
    digest.add(lines.size());
    digest.add(acting == null ? 0 : 1 + acting.ordinal());
    digest.add(serviceBusy ? 1 : 0).add(collectorBusy ? 1 : 0);
    current = acting;
    return digest.value();
  }
}
