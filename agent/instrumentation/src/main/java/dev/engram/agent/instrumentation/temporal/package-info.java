/**
 * Workflows of Temporal as runs, attempts of activities as nodes. A workflow's code is executed
 * again wherever its history is replayed, and nothing of that is remembered. The advice runs on the
 * threads of workers; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.temporal;

import org.jspecify.annotations.NullMarked;
