package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.DirectBuffer;

/** Takes everything, and checks what every taker relies on: order, and bytes that are there. */
final class TakenRecords implements RecordTaker {
  private long lastPosition;
  private long lastNumber;
  int records;
  int malformed;
  long lost;

  /**
   * @param stored the ring position that everything given must lie beyond
   */
  TakenRecords(long stored) {
    lastPosition = stored;
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public void record(
      long position, long number, long place, DirectBuffer buffer, int offset, int length) {
    assertThat(position).isGreaterThan(lastPosition);
    lastPosition = position;
    number(number);
    read(buffer, offset, length);
    records++;
  }

  @Override
  public void malformed(
      long position, long number, String reason, DirectBuffer buffer, int offset, int length) {
    assertThat(position).isGreaterThanOrEqualTo(lastPosition);
    lastPosition = position;
    number(number);
    read(buffer, offset, length);
    malformed++;
  }

  @Override
  public void lost(long number, String reason, long records) {
    assertThat(records).isPositive();
    number(number);
    lost += records;
  }

  private void number(long number) {
    assertThat(number).isGreaterThanOrEqualTo(lastNumber);
    lastNumber = number;
  }

  private static void read(DirectBuffer buffer, int offset, int length) {
    assertThat(length).isPositive();
    byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
  }
}
