/**
 * LangChain4j: calls of chat and embedding models, what they stream, tools, retrievals, and AI
 * services as agents. Advice and capture run on application threads, and on those of the models'
 * clients, loaded beside the framework; later methods of it are found by name.
 */
@NullMarked
package dev.engram.agent.instrumentation.langchain4j;

import org.jspecify.annotations.NullMarked;
