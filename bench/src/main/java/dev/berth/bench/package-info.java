/**
 * The engine beside others: the same rows of the same models, in one harness. {@code bench/engine}
 * makes models and rows, runs this and the Python peer in turn and prints the table.
 */
package dev.berth.bench;
