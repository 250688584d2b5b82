package dev.vaelab.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What Maven Central requires of a folder that artifacts were deployed to, see https://central.sonatype.org/publish/requirements.
 *
 * <p>A program of one file, which needs a JDK and nothing else: {@code java CentralRules.java FOLDER [--signed]} prints what is
 * wrong, a line each, and exits with 1 if anything is; with {@code --signed}, a file without a signature is wrong, too.
 */
final class CentralRules {
    private static final String METADATA = "maven-metadata.xml";
    private static final Pattern BESIDE = Pattern.compile(".*\\.(md5|sha1|sha256|sha512|asc)");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
    private static final String ABSENT = "nothing";

    /** Files of the least that a jar may hold: its manifest, and something that it describes. */
    private static final int FEWEST_FILES = 2;

    private final Path folder;
    private final boolean signed;
    private final Map<String, Pom> poms = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private CentralRules(Path folder, boolean signed) {
        this.folder = folder;
        this.signed = signed;
    }

    /** Checks the folder that is its first argument. */
    public static void main(String[] arguments) throws IOException {
        boolean signed = arguments.length == 2 && arguments[1].equals("--signed");
        if (arguments.length != 1 && !signed) {
            System.err.println("usage: java CentralRules.java FOLDER [--signed]");
            System.exit(2);
        }
        List<String> problems = problems(Path.of(arguments[0]), signed);
        problems.forEach(System.out::println);
        System.out.println(
                problems.isEmpty() ? arguments[0] + ": as Maven Central requires" : problems.size() + " problems");
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    /**
     * What is wrong with a folder, each with its file, what was found and what was expected.
     *
     * @param folder the root of a repository in Maven's layout
     * @param signed whether every file needs a signature
     */
    static List<String> problems(Path folder, boolean signed) throws IOException {
        CentralRules rules = new CentralRules(folder, signed);
        rules.check();
        return rules.problems;
    }

    private void check() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith(METADATA))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            if (file.toString().endsWith(".pom")) {
                Pom pom = new Pom(file, parse(file));
                poms.put(pom.coordinates(), pom);
            }
        }
        if (poms.isEmpty()) {
            wrong(folder, "no pom", "at least one artifact");
        }
        for (Pom pom : poms.values()) {
            checkPlace(pom);
            checkDescription(pom);
            checkDependencies(pom);
            checkJars(pom);
        }
        for (Path file : files) {
            if (!BESIDE.matcher(file.getFileName().toString()).matches()) {
                checkBeside(file);
            }
        }
    }

    private void checkPlace(Pom pom) {
        String version = pom.value("version");
        if (version.endsWith("-SNAPSHOT") || version.contains("${")) {
            wrong(pom.file, "the version " + version, "a release");
        }
        Path expected = Path.of(pom.value("groupId").replace('.', '/'), pom.value("artifactId"), version)
                .resolve(pom.value("artifactId") + "-" + version + ".pom");
        if (!folder.resolve(expected).equals(pom.file)) {
            wrong(pom.file, "this place", expected.toString());
        }
    }

    private void checkDescription(Pom pom) {
        // Neither is inherited: each artifact says what it is.
        for (String element : List.of("name", "description")) {
            require(pom, element, pom.own(element));
        }
        for (String element : List.of(
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url")) {
            require(pom, element, inherited(pom, element));
        }
        String parent = pom.parent();
        if (!parent.isEmpty() && !poms.containsKey(parent)) {
            wrong(pom.file, "the parent " + parent, "one that is deployed with it");
        }
    }

    private void require(Pom pom, String element, String value) {
        if (value.isBlank() || value.contains("${")) {
            wrong(pom.file, (value.isBlank() ? ABSENT : value) + " in " + element, "a value");
        }
    }

    private String inherited(Pom pom, String element) {
        String own = pom.own(element);
        Pom parent = poms.get(pom.parent());
        return own.isEmpty() && parent != null ? inherited(parent, element) : own;
    }

    private void checkDependencies(Pom pom) {
        Map<String, String> properties = new HashMap<>();
        for (Pom ancestor = pom; ancestor != null; ancestor = poms.get(ancestor.parent())) {
            ancestor.properties().forEach(properties::putIfAbsent);
        }
        properties.put("project.version", pom.value("version"));
        for (String kind : List.of("dependency", "plugin", "extension", "parent")) {
            for (Element user : pom.all(kind)) {
                String version = resolve(child(user, "version"), properties);
                String name = child(user, "groupId") + ":" + child(user, "artifactId");
                if (version.endsWith("-SNAPSHOT")) {
                    wrong(pom.file, name + ":" + version, "a release");
                }
                if (child(user, "scope").equals("system")) {
                    wrong(pom.file, name + " in the scope system", "a dependency that others can resolve");
                }
            }
        }
        for (String kind : List.of("repository", "pluginRepository")) {
            for (Element repository : pom.all(kind)) {
                if (!repository.getParentNode().getNodeName().equals("distributionManagement")) {
                    wrong(pom.file, "the " + kind + " " + child(repository, "url"), "Maven Central alone");
                }
            }
        }
    }

    private static String resolve(String text, Map<String, String> properties) {
        Matcher matcher = PROPERTY.matcher(text);
        return matcher.replaceAll(
                match -> Matcher.quoteReplacement(properties.getOrDefault(match.group(1), match.group())));
    }

    private void checkJars(Pom pom) throws IOException {
        if (pom.own("packaging").equals("pom")) {
            return;
        }
        String name = pom.value("artifactId") + "-" + pom.value("version");
        for (String kind : List.of("", "-sources", "-javadoc")) {
            Path jar = pom.file.resolveSibling(name + kind + ".jar");
            if (Files.notExists(jar)) {
                wrong(jar, ABSENT, "a jar");
                continue;
            }
            try (JarFile content = new JarFile(jar.toFile())) {
                if (content.stream().filter(entry -> !entry.isDirectory()).count() < FEWEST_FILES) {
                    wrong(jar, "no file in it", "at least one");
                }
            }
        }
    }

    private void checkBeside(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (Map.Entry<String, String> kind :
                Map.of(".md5", "MD5", ".sha1", "SHA-1").entrySet()) {
            Path beside = file.resolveSibling(file.getFileName() + kind.getKey());
            String expected = checksum(kind.getValue(), content);
            String found = Files.exists(beside) ? Files.readString(beside).strip() : ABSENT;
            if (!found.equals(expected)) {
                wrong(beside, found, expected);
            }
        }
        Path signature = file.resolveSibling(file.getFileName() + ".asc");
        if (signed && Files.notExists(signature)) {
            wrong(signature, ABSENT, "a signature");
        }
        if (Files.exists(signature) && !Files.readString(signature).startsWith("-----BEGIN PGP SIGNATURE-----")) {
            wrong(signature, "another text", "a signature of PGP");
        }
    }

    private static String checksum(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of every JDK", e);
        }
    }

    private void wrong(Path file, String found, String expected) {
        problems.add(folder.relativize(file) + ": found " + found + ", expected " + expected);
    }

    private static Document parse(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(file.toFile());
        } catch (SAXException e) {
            throw new UncheckedIOException(new IOException(file + " is no XML", e));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the parser of the JDK has this feature", e);
        }
    }

    private static String child(Element element, String name) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().strip();
            }
        }
        return "";
    }

    /** A project's description. */
    private record Pom(Path file, Document document) {
        /** What stands at a path of elements, and nothing of what it inherits; empty if nothing does. */
        String own(String path) {
            Element element = document.getDocumentElement();
            String[] names = path.split("/");
            for (int index = 0; index < names.length - 1; index++) {
                Node next = element.getFirstChild();
                while (next != null && !next.getNodeName().equals(names[index])) {
                    next = next.getNextSibling();
                }
                if (next == null) {
                    return "";
                }
                element = (Element) next;
            }
            return child(element, names[names.length - 1]);
        }

        /** A coordinate, which may be that of the parent. */
        String value(String name) {
            String own = own(name);
            return own.isEmpty() ? own("parent/" + name) : own;
        }

        String coordinates() {
            return value("groupId") + ":" + value("artifactId") + ":" + value("version");
        }

        /** The coordinates of the parent, or nothing. */
        String parent() {
            String artifact = own("parent/artifactId");
            return artifact.isEmpty() ? "" : own("parent/groupId") + ":" + artifact + ":" + own("parent/version");
        }

        Map<String, String> properties() {
            Map<String, String> properties = new HashMap<>();
            for (Element block : all("properties")) {
                if (block.getParentNode() == document.getDocumentElement()) {
                    for (Node node = block.getFirstChild(); node != null; node = node.getNextSibling()) {
                        properties.put(node.getNodeName(), node.getTextContent().strip());
                    }
                }
            }
            return properties;
        }

        List<Element> all(String name) {
            List<Element> elements = new ArrayList<>();
            var nodes = document.getElementsByTagName(name);
            for (int index = 0; index < nodes.getLength(); index++) {
                elements.add((Element) nodes.item(index));
            }
            return elements;
        }
    }
}
