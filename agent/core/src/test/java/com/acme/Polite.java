package com.acme;

/** A framework's interface, to be found as a super type. */
public interface Polite {
  String bow();
}
