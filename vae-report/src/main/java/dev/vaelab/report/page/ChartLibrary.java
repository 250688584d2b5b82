package dev.vaelab.report.page;

import org.webjars.WebJarVersionLocator;

/** The chart library uPlot, as the jar of its npm package holds it. */
final class ChartLibrary {
    private static final String NAME = "uplot";

    private ChartLibrary() {}

    /** Its program, with the licence that every copy has to carry. */
    static String script() {
        return "/*\n" + file("LICENSE") + "*/\n" + file("dist/uPlot.iife.min.js");
    }

    /** Its style sheet. */
    static String style() {
        return file("dist/uPlot.min.css");
    }

    private static String file(String path) {
        return Resource.text("/" + new WebJarVersionLocator().fullPath(NAME, path));
    }
}
