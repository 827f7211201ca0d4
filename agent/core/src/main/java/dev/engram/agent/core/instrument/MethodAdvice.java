package dev.engram.agent.core.instrument;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Advice for the methods that match.
 *
 * @param adviceClass the name of the advice class, not the class: it is loaded beside the
 *     framework, never by the agent's own loader. Its methods are static, {@code inline = false},
 *     {@code suppress = Throwable.class}, and have no agent type in their signatures.
 */
public record MethodAdvice(ElementMatcher<? super MethodDescription> methods, String adviceClass) {}
