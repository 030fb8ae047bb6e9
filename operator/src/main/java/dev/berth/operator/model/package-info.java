/**
 * The Models' controller: says whether a server could load the Model and who uses it, and holds its
 * deletion back while someone does. Leans on the planner for both, and on the Endpoints' watches
 * for what servers said.
 */
package dev.berth.operator.model;
