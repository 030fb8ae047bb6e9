/**
 * Which content an Endpoint runs: an EndpointConfig and its Models, and the short hash that names
 * them. Equal content has an equal revision whatever order its fields are in, and a field that a
 * later release adds changes no revision. Leans on the resource types.
 */
package dev.berth.planner.revision;
