/**
 * A world without a cluster: fleets that become ready when a story says so, routers that obey when
 * they are told to, a clock that moves by hand, an operator that forgets everything between two
 * plans. Stories are tables of what happens and what is so then. Test code only.
 */
package dev.berth.planner.world;
