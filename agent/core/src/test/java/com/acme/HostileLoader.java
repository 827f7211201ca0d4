package com.acme;

import java.net.URL;
import java.net.URLClassLoader;

/** An application's loader that nobody may ask for more than its classes and their files. */
public final class HostileLoader extends URLClassLoader {
  public HostileLoader(URL classes) {
    super(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
  }

  @Override
  public int hashCode() {
    throw new ThreadDeath();
  }

  @Override
  public boolean equals(Object other) {
    throw new ThreadDeath();
  }

  @Override
  public String toString() {
    throw new ThreadDeath();
  }
}
