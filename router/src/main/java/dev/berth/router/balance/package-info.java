/**
 * Which fleet and which of its servers gets a request. Between fleets the weights hold exactly, not
 * on average; within a fleet the less busy of two random servers is taken, past those that health
 * has ejected. Leans on {@code health} and {@code metrics}.
 */
package dev.berth.router.balance;
