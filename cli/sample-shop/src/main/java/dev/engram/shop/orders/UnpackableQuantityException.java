package dev.engram.shop.orders;

/** A quantity for which there is no box. */
class UnpackableQuantityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnpackableQuantityException(int quantity) {
    super("no box holds " + quantity + " pieces");
  }
}
