/**
 * Reports as pages: one file each that opens without a network, with its style, its scripts and its data inside.
 *
 * <p>Java decides what a page says and hands it over as one record; the page's script only draws it.
 */
package dev.vaelab.report.page;
