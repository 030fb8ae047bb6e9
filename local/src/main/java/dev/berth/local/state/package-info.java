/**
 * What the local shell remembers in a folder, as an API server would: resources as they were taken,
 * their status, the routes. Every file is replaced whole, so the shell may die at any instant and
 * its next life carries on. Leans on the resource types and on the folder reader's keys.
 */
package dev.berth.local.state;
