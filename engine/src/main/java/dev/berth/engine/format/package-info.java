/**
 * Model files, from bytes to a checked model: JSON, UBJSON and the old binary format, told apart by
 * their content. Whatever is damaged, unknown or newer than what the model zoo proves is refused
 * with words, and memory grows with the file's size, never with a number the file declares. Leans
 * on jackson-core for JSON's tokens and builds the types of the tree, linear and objective rooms.
 */
package dev.berth.engine.format;
