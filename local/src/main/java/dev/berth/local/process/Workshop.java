package dev.berth.local.process;

/**
 * What all children have in common.
 *
 * @param changed told, on any thread, when a child became ready, unready or ended
 */
public record Workshop(
    Launcher launcher, ServerPlace place, ServerSetup.Source setups, Runnable changed) {}
