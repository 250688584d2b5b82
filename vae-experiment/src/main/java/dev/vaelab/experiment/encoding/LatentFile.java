package dev.vaelab.experiment.encoding;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.FileFailures;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Latents from a table of comma-separated values (RFC 4180, UTF-8): the way back of {@link PosteriorFile}.
 *
 * <p>Its first line names the columns. Latents are those that are called {@code mean_1}, {@code mean_2} and so on, as {@code encode}
 * writes them, or {@code z_1}, {@code z_2} and so on; they may be in any order, and other columns are passed over. For a conditional
 * model the column {@code label} has the label of each image.
 */
public final class LatentFile {
    private static final List<String> PREFIXES = List.of(PosteriorFile.MEAN, "z_");

    private static final String LABEL = "label";
    private static final String ADVICE = "encode writes such a column; --label N decodes all latents with one label";

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /** Of more, a person would not read the last ones. */
    private static final int MOST_PROBLEMS = 20;

    private final Path file;
    private final int latent;
    private final int classes;
    private final int most;
    private final List<Problem> problems = new ArrayList<>();
    private final List<float[]> rows = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    private LatentFile(Path file, int latent, int classes, int most) {
        this.file = file;
        this.latent = latent;
        this.classes = classes;
        this.most = most;
    }

    /**
     * Reads latents.
     *
     * @param latent dimensions of the latent space
     * @param classes of the labels that are read, too; 0 to read none
     * @param most rows that there may be
     * @return those of the rows, in their order; at least one
     * @throws InvalidInputException with line and column of what is wrong; reading ends after twenty problems
     */
    public static Latents read(Path file, int latent, int classes, int most) {
        LatentFile table = new LatentFile(file, latent, classes, most);
        if (Files.isDirectory(file)) {
            throw table.unreadable("a folder");
        }
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .detectBomHeader(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(new BufferedInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)) {
            table.read(records.iterator());
        } catch (UncheckedIOException e) {
            throw table.unreadable(FileFailures.reason(e.getCause()));
        } catch (IOException e) {
            throw table.unreadable(FileFailures.reason(e));
        } catch (CsvParseException e) {
            String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
            throw table.unreadable("no comma-separated values (" + e.getMessage() + cause + ")");
        }
        return table.joined();
    }

    private void read(Iterator<CsvRecord> records) {
        if (!records.hasNext()) {
            throw unreadable("an empty file");
        }
        CsvRecord header = records.next();
        int[] columns = columns(header);
        int label = classes == 0 ? -1 : labelColumn(header);
        while (records.hasNext() && problems.size() < MOST_PROBLEMS) {
            CsvRecord row = records.next();
            if (rows.size() == most) {
                throw new InvalidInputException(
                        Problem.of(line(row), "another row", "at most " + most + " rows, which are so many images"));
            }
            read(row, header, columns, label);
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        if (rows.isEmpty()) {
            throw unreadable("no row below the names of the columns");
        }
    }

    /** Where each dimension stands. */
    private int[] columns(CsvRecord header) {
        List<String> names = header.getFields().stream().map(String::strip).toList();
        String prefix = PREFIXES.stream()
                .filter(one -> names.stream().anyMatch(name -> isNumbered(one, name)))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInputException(
                                new Problem(
                                        line(header),
                                        "no column of latents",
                                        expected(PREFIXES.get(0)),
                                        "encode writes such a table; z_1 and so on will do as well, and other columns are passed over")));
        TreeSet<Integer> numbers = names.stream()
                .filter(name -> isNumbered(prefix, name))
                .map(name -> Integer.valueOf(name.substring(prefix.length())))
                .collect(Collectors.toCollection(TreeSet::new));
        boolean all = numbers.size() == latent && numbers.first() == 1 && numbers.last() == latent;
        if (!all) {
            String missing = IntStream.rangeClosed(1, latent)
                    .filter(number -> !numbers.contains(number))
                    .limit(3)
                    .mapToObj(number -> prefix + number)
                    .collect(Collectors.joining(", "));
            throw new InvalidInputException(Problem.of(
                    line(header),
                    numbers.size() + (numbers.size() == 1 ? " dimension" : " dimensions") + " ("
                            + prefix + numbers.first() + (numbers.size() == 1 ? "" : " to " + prefix + numbers.last())
                            + (missing.isEmpty() || numbers.last() < latent ? "" : ", without " + missing) + ")",
                    expected(prefix) + ", since the model has " + latent
                            + (latent == 1 ? " dimension" : " dimensions")));
        }
        return IntStream.rangeClosed(1, latent)
                .map(number -> only(header, names, prefix + number))
                .toArray();
    }

    private int labelColumn(CsvRecord header) {
        List<String> names = header.getFields().stream().map(String::strip).toList();
        if (!names.contains(LABEL)) {
            throw new InvalidInputException(new Problem(
                    line(header),
                    "no column " + LABEL,
                    "the column " + LABEL + ", since the model is conditional",
                    ADVICE));
        }
        return only(header, names, LABEL);
    }

    private int only(CsvRecord header, List<String> names, String name) {
        if (names.indexOf(name) != names.lastIndexOf(name)) {
            throw new InvalidInputException(
                    Problem.of(line(header) + ", column " + name, "two columns of this name", "one"));
        }
        return names.indexOf(name);
    }

    private String expected(String prefix) {
        return latent == 1 ? "the column " + prefix + 1 : "the columns " + prefix + "1 to " + prefix + latent;
    }

    /** Up to nine digits without a zero before them: such a number is an int. */
    private static boolean isNumbered(String prefix, String name) {
        return name.startsWith(prefix) && name.substring(prefix.length()).matches("[1-9][0-9]{0,8}");
    }

    private void read(CsvRecord row, CsvRecord header, int[] columns, int label) {
        if (row.getFieldCount() != header.getFieldCount()) {
            problems.add(Problem.of(
                    line(row),
                    row.getFieldCount() + (row.getFieldCount() == 1 ? " value" : " values"),
                    header.getFieldCount() + ", one for each column"));
            return;
        }
        float[] values = new float[latent];
        for (int dimension = 0; dimension < latent && problems.size() < MOST_PROBLEMS; dimension++) {
            String text = row.getField(columns[dimension]).strip();
            Matcher number = NUMBER.matcher(text);
            values[dimension] = number.matches() ? Float.parseFloat(text) : Float.NaN;
            if (!Float.isFinite(values[dimension])) {
                String column = header.getField(columns[dimension]).strip();
                problems.add(Problem.of(
                        line(row) + ", column " + column,
                        text.isEmpty() ? "nothing" : shortened(text),
                        number.matches() ? "a number that float32 holds" : "a number"));
            }
        }
        rows.add(values);
        if (classes > 0) {
            labels.add(label(row, row.getField(label).strip()));
        }
    }

    private int label(CsvRecord row, String text) {
        int label = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : classes;
        if (label >= classes) {
            problems.add(Problem.of(
                    line(row) + ", column " + LABEL,
                    text.isEmpty() ? "nothing" : shortened(text),
                    "a label from 0 to " + (classes - 1) + ", which the model knows"));
        }
        return label;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private String line(CsvRecord row) {
        return file + ", line " + row.getStartingLineNumber();
    }

    private Latents joined() {
        FloatBuffer joined = FloatBuffer.allocate(Math.multiplyExact(rows.size(), latent));
        rows.forEach(joined::put);
        return new Latents(
                latent,
                joined.array(),
                labels.stream().mapToInt(Integer::intValue).toArray());
    }

    private InvalidInputException unreadable(String found) {
        return new InvalidInputException(Problem.of(file.toString(), found, "a table of latents, as encode writes it"));
    }
}
