/**
 * The bodies of requests and responses of a jakarta servlet container, as the application reads and
 * writes them: the container's own streams and writers are hooked, nothing is wrapped or read. The
 * advice and capture classes run on request threads, loaded beside the container; the
 * instrumentation class is read once by the installer. The room of the older API is made from this
 * one by the build.
 */
@NullMarked
package dev.engram.agent.instrumentation.jakartabody;

import org.jspecify.annotations.NullMarked;
