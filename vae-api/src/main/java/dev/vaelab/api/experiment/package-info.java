/**
 * An experiment as immutable records, one for each part of an experiment file.
 *
 * <p>The component names are the file's keys. Annotations state what each key may be; the command line's JSON Schema and
 * the checks of {@code validate} and {@code train} are made from them. A pattern holds for the whole text, has anchors,
 * and a {@code message} that completes "expected ...". A component without a value in the file is null until the record's
 * constructor fills in its default, which the schema states: descriptions need not.
 */
package dev.vaelab.api.experiment;
