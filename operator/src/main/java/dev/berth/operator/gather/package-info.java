/**
 * Reads the world for the planner: what the watches know of an Endpoint's children, or, before
 * anything is taken away, what the API server itself says. Nothing here writes but what a server
 * says of its model, as an annotation. Leans on JOSDK's informers.
 */
package dev.berth.operator.gather;
