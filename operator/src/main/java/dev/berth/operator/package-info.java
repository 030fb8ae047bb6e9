/**
 * Shell 1: Kubernetes. Gathers what a plan needs, calls the planner, applies what it says as
 * objects and reports back. Leans on the planner for every rule and on JOSDK for informers, queues,
 * retries, finalizers and leader election.
 */
package dev.berth.operator;
