/**
 * Kubernetes objects from what the planner says: one small pure function a kind, golden files as
 * tests. Nothing here reads the cluster. Leans on the planner's Fleet and the Kubernetes model
 * classes.
 */
package dev.berth.operator.render;
