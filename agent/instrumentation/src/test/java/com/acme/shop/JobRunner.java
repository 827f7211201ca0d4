package com.acme.shop;

public class JobRunner implements Runnable {
  @Override
  public void run() {}
}
