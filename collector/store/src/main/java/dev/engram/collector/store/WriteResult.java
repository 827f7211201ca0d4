package dev.engram.collector.store;

/**
 * What became of a batch's rows: {@code rows = stored + joined + duplicate + rejected + pending}.
 *
 * @param joined begun rows that met their end in or before this batch
 * @param pending begun rows that wait for their end; may be negative when the batch joined older
 *     ones
 */
public record WriteResult(long stored, long joined, long duplicate, long rejected, long pending) {
  public static final WriteResult NOTHING = new WriteResult(0, 0, 0, 0, 0);
}
