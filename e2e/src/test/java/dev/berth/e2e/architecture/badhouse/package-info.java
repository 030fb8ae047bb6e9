/**
 * A house that breaks the rules, one fault a class: it shows that the rules can fail. Nothing uses
 * it. It is compiled so that the rules read real classes.
 */
package dev.berth.e2e.architecture.badhouse;
