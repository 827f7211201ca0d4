/**
 * Runs of Spring's scheduled methods, each with a trace of its own; and exceptions of scheduled and
 * asynchronous methods, which Spring hands to an error handler. The advice runs on application
 * threads; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.springscheduling;

import org.jspecify.annotations.NullMarked;
