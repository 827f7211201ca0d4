/**
 * A provider of models on the loopback interface: speaks the HTTP interfaces of OpenAI, Anthropic,
 * Gemini, Ollama and Bedrock, answers each prompt in the same way every time, and misbehaves where
 * the prompt asks for it. Only the JDK and Jackson, so that it runs as a program too. Thread-safe.
 */
@NullMarked
package dev.engram.integration.provider;

import org.jspecify.annotations.NullMarked;
