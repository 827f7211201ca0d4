/**
 * Carries the current span to work that is left to another thread: pools, fork-join pools, threads,
 * event loops. What is built on them, such as CompletableFuture, Spring's async methods, Reactor
 * and RxJava, needs nothing more. The advice runs on application threads, and some of it where
 * virtual threads are scheduled, so it takes no lock; the instrumentation class is read once by the
 * installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.concurrency;

import org.jspecify.annotations.NullMarked;
