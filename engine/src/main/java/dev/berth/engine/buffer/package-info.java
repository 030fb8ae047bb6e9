/**
 * Buffers that predictions borrow, so that they allocate nothing on any kind of thread. Leans on
 * nothing.
 */
package dev.berth.engine.buffer;
