/**
 * How much a request may ask of the process's memory. Everything that a client can make grow has a
 * bound here, so that a container with a small limit refuses rather than dies. Leans on nothing.
 */
package dev.berth.modelserver.memory;
