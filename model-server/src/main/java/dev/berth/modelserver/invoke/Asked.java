package dev.berth.modelserver.invoke;

import dev.berth.modelserver.model.ServedModel;

/** What a request wants and of which model: as much of it as its head says. */
record Asked(Question question, ServedModel model) {}
