package dev.vaelab.cli.command;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
public final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {program()};
    }

    /** Name and version, for people and provenance. */
    static String program() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return "vaelab " + (version == null ? "(not packaged)" : version);
    }
}
