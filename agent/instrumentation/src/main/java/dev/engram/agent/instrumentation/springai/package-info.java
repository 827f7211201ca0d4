/**
 * Spring AI: chat and embedding models, tools, vector stores, and the conversation that a chat
 * client is in. Its own clients of providers may be below its models and find the call current. The
 * advice and capture classes run on the application's threads, loaded beside Spring AI.
 */
@NullMarked
package dev.engram.agent.instrumentation.springai;

import org.jspecify.annotations.NullMarked;
