/**
 * LangChain4j's agentic systems: a call of the outermost is a run, each agent that works in it a
 * node. Advice and capture run on application threads, loaded beside the framework.
 */
@NullMarked
package dev.engram.agent.instrumentation.langchain4jagentic;

import org.jspecify.annotations.NullMarked;
