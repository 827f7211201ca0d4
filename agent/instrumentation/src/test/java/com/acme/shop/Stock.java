package com.acme.shop;

import dev.engram.agent.api.Idempotent;

/** Something that is taken away once, in a transaction. */
public interface Stock {
  int take(int item) throws Exception;

  int takeUndeclared(int item) throws Exception;

  /** One that must not be asked twice. */
  record Once(InDatabase.Work work) implements Stock {
    @Override
    public int take(int item) throws Exception {
      return work.take(item);
    }

    @Override
    public int takeUndeclared(int item) throws Exception {
      return work.take(item);
    }
  }

  /** In a database. */
  class InDatabase implements Stock {
    private final Work work;

    /** What it does. */
    public interface Work {
      int take(int item) throws Exception;
    }

    public InDatabase(Work work) {
      this.work = work;
    }

    @Idempotent
    @Override
    public int take(int item) throws Exception {
      return work.take(item);
    }

    @Override
    public int takeUndeclared(int item) throws Exception {
      return work.take(item);
    }
  }
}
