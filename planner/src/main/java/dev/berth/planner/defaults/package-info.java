/**
 * What an absent field means. Resources are stored as people wrote them, so that a default that a
 * later release adds or changes rolls no fleet; whoever needs a number asks here. Leans on the
 * resource types.
 */
package dev.berth.planner.defaults;
