package dev.engram.integration.healing;

/** A method or node that throws what methods throw that are retried in practice. */
final class MethodStage implements Stage {
  private final Fault fault;
  private final String route;
  private final String place;

  /**
   * @param fault by whose name and seed exceptions are drawn
   * @param route takes {@code java.io.IOException,2,0}: what is thrown, how often at least and for
   *     how many milliseconds
   */
  MethodStage(String fault, String route, String place) {
    this.fault =
        Faults.all().stream().filter(it -> it.name().equals(fault)).findFirst().orElseThrow();
    this.route = route;
    this.place = place;
  }

  @Override
  public String event(int number, Episode episode) {
    String exception = Schedule.exception(fault, Schedule.SEED, number);
    return route + "?" + exception + "," + timesAndMillis(episode);
  }

  private static String timesAndMillis(Episode episode) {
    return episode instanceof Episode.ByDuration duration
        ? "1," + duration.length().toMillis()
        : TimedStage.failing(episode) + ",0";
  }

  @Override
  public String other() {
    return route + "?java.io.IOException,0,0";
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public int asked() {
    return -1;
  }
}
