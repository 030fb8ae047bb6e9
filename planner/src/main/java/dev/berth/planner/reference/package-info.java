/**
 * Plans for what Endpoints refer to: Models and EndpointConfigs. They say whether the thing is
 * usable and who uses it, and hold its deletion back while someone does. Leans on the status room.
 */
package dev.berth.planner.reference;
