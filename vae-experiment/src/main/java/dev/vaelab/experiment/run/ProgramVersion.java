package dev.vaelab.experiment.run;

/** Which version of this project a process runs. */
public final class ProgramVersion {
    private ProgramVersion() {}

    /** Name and version, for people and provenance. */
    public static String text() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return "vaelab " + (version == null ? "(not packaged)" : version);
    }
}
