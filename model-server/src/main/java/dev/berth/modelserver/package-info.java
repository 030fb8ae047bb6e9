/**
 * The model server: one process that loads models and answers requests, started by the operator in
 * a pod, by the local shell as a child, or by hand. Here are its flags and its life from start to
 * drain; the rooms below do the work. Leans on the engine and on serving.
 */
package dev.berth.modelserver;
