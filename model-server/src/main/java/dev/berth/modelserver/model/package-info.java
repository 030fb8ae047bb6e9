/**
 * A model that is loaded: its booster, the columns that clients see and what of its outputs is the
 * answer; and the list of all that are. One place turns configuration and file into it and refuses
 * what does not fit together, one turns rows into an answer. Leans on the engine and on media.
 */
package dev.berth.modelserver.model;
