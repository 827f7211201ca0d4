/**
 * Jobs of Quartz as runs, each execution of one as a node: a job that asks to be executed again at
 * once is one run of several attempts. The advice runs on Quartz' threads; the instrumentation
 * class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.quartz;

import org.jspecify.annotations.NullMarked;
