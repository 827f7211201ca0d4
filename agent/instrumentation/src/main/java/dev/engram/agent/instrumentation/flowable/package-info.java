/**
 * Process instances of Flowable as runs, one leg for each command that moves them on, and the
 * activities that are executed as nodes. The advice runs on the threads that execute commands; the
 * instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.flowable;

import org.jspecify.annotations.NullMarked;
