/**
 * One SERVER span for each call that a gRPC server takes, one CLIENT span for each call that a
 * channel makes. The advice and capture classes run on the executors of gRPC and on callers'
 * threads, loaded beside it; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.grpc;

import org.jspecify.annotations.NullMarked;
