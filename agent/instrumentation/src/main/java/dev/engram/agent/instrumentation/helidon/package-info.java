/**
 * One SERVER span for each request that the web server of Helidon SE takes. The advice and capture
 * classes run on the server's virtual threads, loaded beside it; the instrumentation class is read
 * once by the installer. Helidon's class files are newer than this module's, so that its types are
 * read through method handles.
 */
@NullMarked
package dev.engram.agent.instrumentation.helidon;

import org.jspecify.annotations.NullMarked;
