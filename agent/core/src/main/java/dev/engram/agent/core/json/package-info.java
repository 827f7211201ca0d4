/**
 * JSON that others wrote, read as far as it goes: bodies of models, which may be cut, and their
 * answers. And what frameworks were given and gave, written as JSON as far as it is kept. A library
 * would cost the service its class loading. Called on application threads; whatever a text holds,
 * nothing is thrown.
 */
@NullMarked
package dev.engram.agent.core.json;

import org.jspecify.annotations.NullMarked;
