/**
 * Who may use whom, as the architecture page says it, and the habits of the sources: small files,
 * rooms named for features, a word about each room. Rules about classes are ArchUnit's, rules about
 * files read the tree. Each has a bad house in the tests that it must find.
 */
package dev.berth.e2e.architecture;
