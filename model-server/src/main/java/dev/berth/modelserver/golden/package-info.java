/**
 * Requests whose answers are known: a model that does not give them is never let in. They are
 * answered by the very code that answers clients, and again and again for a moment, so that the
 * first client meets a warm predictor. Leans on invoke.
 */
package dev.berth.modelserver.golden;
