package com.acme.shop;

import dev.engram.agent.api.Idempotent;
import dev.engram.agent.api.WorkflowNode;
import dev.engram.agent.api.WorkflowRun;

/** A workflow whose node may be run twice. */
public class Stocktaking {
  @WorkflowRun("stocktaking")
  public long run(Prices.Source source) throws Exception {
    return count(source);
  }

  @WorkflowNode("count")
  @Idempotent
  public long count(Prices.Source source) throws Exception {
    return source.ask();
  }
}
