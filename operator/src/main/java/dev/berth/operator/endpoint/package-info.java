/**
 * The Endpoints' controller: gather, plan, apply, report, in that order and nothing besides. The
 * rules are the planner's, the objects render's, the calls apply's; this room joins them and looks
 * twice before it takes anything away.
 */
package dev.berth.operator.endpoint;
