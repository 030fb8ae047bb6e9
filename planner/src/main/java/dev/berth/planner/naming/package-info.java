/**
 * Names of what the product makes. A name is computed from what it stands for, so that any process
 * finds its children again after a crash without having written anything down. Leans on the
 * revision room for its short hash.
 */
package dev.berth.planner.naming;
