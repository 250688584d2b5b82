/** Trained models as files that other programs load: {@link dev.vaelab.export.ModelExport} writes them in a format of choice. */
package dev.vaelab.export;
