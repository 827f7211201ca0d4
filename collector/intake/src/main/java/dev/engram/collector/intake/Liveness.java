package dev.engram.collector.intake;

/** Whether the process that wrote an instance folder still runs. */
enum Liveness {
  /** Its lock is held, or it may still be starting. */
  LIVE,
  /** Its lock is free, its heartbeat not yet old: it is looked at again. */
  LEAVING,
  /** It is gone: the folder may be adopted. */
  DEAD,
  /** It ran on another machine, whose own collector looks after it, or may still run there. */
  ELSEWHERE
}
