package dev.engram.collector.analysis;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanSum;
import dev.engram.collector.store.StoreReader;
import java.util.HashMap;
import java.util.Map;

/** Sums requests up by the service that served them. */
public final class RequestsByService {
  private RequestsByService() {}

  /**
   * What the requests of each service came to; a service without any is missing.
   *
   * @param requests of kind {@code SERVER}, without a limit
   */
  public static Map<String, RequestSummary> find(StoreReader reader, SpanFilter requests) {
    Map<String, RequestDraft> drafts = new HashMap<>();
    for (SpanSum sum : reader.sums(requests, SpanSum.By.REQUEST)) {
      drafts.computeIfAbsent(sum.service(), service -> new RequestDraft()).add(sum);
    }
    Map<String, RequestSummary> summaries = new HashMap<>();
    drafts.forEach((service, draft) -> summaries.put(service, draft.summary()));
    return summaries;
  }
}
