/**
 * Says what was decided: status, written only where it differs, and Events, one a happening however
 * often it is told. Troubles of the operator itself become a condition here. Leans on the planner's
 * vocabulary and the Kubernetes client.
 */
package dev.berth.operator.report;
