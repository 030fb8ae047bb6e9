/**
 * Every rule of the product, as pure functions: what should run, given the resources, what is
 * observed and the instant. No client, no clock, no randomness. Leans on the resource types only;
 * both shells call it.
 */
package dev.berth.planner;
