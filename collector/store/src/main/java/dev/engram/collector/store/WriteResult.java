package dev.engram.collector.store;

/**
 * What became of a batch's rows: {@code rows = stored + joined + duplicate + rejected + pending}.
 *
 * @param joined begun rows, of this batch or an earlier one, that met their end in this batch
 * @param duplicate rows that were there already
 * @param pending begun rows that wait for their end; negative when the batch joined more older ones
 *     than it began
 */
public record WriteResult(long stored, long joined, long duplicate, long rejected, long pending) {
  public static final WriteResult NOTHING = new WriteResult(0, 0, 0, 0, 0);
}
