package dev.engram.collector.intake;

/** A number of 64 bits for all that was added, in order; not against adversaries. */
final class Digest {
  private long value = 0x9e3779b97f4a7c15L;

  Digest add(long number) {
    long mixed = (value ^ number) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 29)) * 0x94d049bb133111ebL;
    value = mixed ^ (mixed >>> 32);
    return this;
  }

  Digest add(byte[] bytes) {
    return add(bytes, 0, bytes.length);
  }

  Digest add(byte[] bytes, int offset, int length) {
    long word = length;
    for (int at = offset; at < offset + length; at++) {
      word = word << 8 | bytes[at] & 0xff;
      if ((at - offset & 7) == 7) {
        add(word);
      }
    }
    return add(word);
  }

  long value() {
    return value;
  }
}
