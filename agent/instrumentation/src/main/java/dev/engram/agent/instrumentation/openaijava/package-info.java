/**
 * One call of a model for each question that the application asks through OpenAI's own client,
 * whatever it takes to answer it. Anthropic's client, which the same generator makes, has a twin of
 * this room. The advice and capture classes run on the threads of callers and of the client, loaded
 * beside it; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.openaijava;

import org.jspecify.annotations.NullMarked;
