/**
 * Objectives by XGBoost's names: how a saved base score becomes a margin and how a margin becomes a
 * prediction. A name that is not listed here is not guessed at. Leans on nothing.
 */
package dev.berth.engine.objective;
