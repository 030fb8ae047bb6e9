/**
 * {@code berth predict}: rows of CSV from standard input, answers of a model to standard output, as
 * a pipe that never holds more than a block of rows. Leans on the engine and on the CSV reader of
 * media.
 */
package dev.berth.modelserver.predict;
