/**
 * An experiment as immutable records, one for each part of an experiment file.
 *
 * <p>The component names are the file's keys. Annotations state what each key may be; the command line's JSON Schema and
 * the checks of {@code validate} and {@code train} are made from them. A component without a value in the file is null
 * here before its default is filled in by the record's constructor.
 */
package dev.vaelab.api.experiment;
