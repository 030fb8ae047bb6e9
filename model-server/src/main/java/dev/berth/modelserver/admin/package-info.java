/**
 * The admin port: whether the process lives, what it has loaded, and its metrics. Nothing here is
 * for the clients of a model. Leans on model, metrics and serving's HTTP.
 */
package dev.berth.modelserver.admin;
