package dev.vaelab.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Help that fits the terminal and whose synopsis reads as people write it. Picocli knows no terminal of fewer than 55 columns,
 * breaks a synopsis in the midst of an option, and shows a list between commas twice over.
 */
public final class HelpLayout extends Help {
    private static final int WIDEST = 80;

    /** What stands before a synopsis. */
    private static final String HEADING = "Usage: ";

    /** With fewer columns a description stands below its option, not beside it. */
    private static final int FEWEST_FOR_TWO_COLUMNS = 60;

    private static final int INDENT = 2;
    private static final int GAP = 2;

    private final int columns;

    private HelpLayout(CommandSpec spec, ColorScheme scheme, int columns) {
        super(spec, scheme);
        this.columns = columns;
    }

    /** Makes the help of a command and of all below it fit so many columns, 80 at most. */
    public static void apply(CommandLine commandLine, int columns) {
        int width = Math.min(columns, WIDEST);
        // Colours are control characters, and a name that is shown could bring its own.
        commandLine.setColorScheme(defaultColorScheme(Ansi.OFF));
        commandLine.setHelpFactory((spec, scheme) -> new HelpLayout(spec, scheme, width));
        commandLine.setUsageHelpWidth(Math.max(width, FEWEST_FOR_TWO_COLUMNS));
    }

    @Override
    protected String insertSynopsisCommandName(int headingLength, Text parts) {
        return broken(headingLength, commandSpec().qualifiedName(), parts.toString());
    }

    /** The synopses that a command writes itself: each begins with the command, as if it were the only one. */
    @Override
    public String customSynopsis(Object... parameters) {
        String command = commandSpec().qualifiedName();
        StringBuilder text = new StringBuilder();
        for (String synopsis : commandSpec().usageMessage().customSynopsis()) {
            String indent = text.isEmpty() ? "" : " ".repeat(HEADING.length());
            text.append(indent)
                    .append(broken(HEADING.length(), command, synopsis.strip().substring(command.length())));
        }
        return text.toString();
    }

    private String broken(int headingLength, String command, String parts) {
        int hanging = Math.min(headingLength + command.length() + 1, columns / 4);
        List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder(command)));
        int used = headingLength + command.length();
        for (String word : words(readable(parts.strip()))) {
            if (used + 1 + word.length() > columns) {
                lines.add(new StringBuilder(" ".repeat(hanging)).append(word));
                used = hanging + word.length();
            } else {
                lines.get(lines.size() - 1).append(' ').append(word);
                used += 1 + word.length();
            }
        }
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    /** A list between commas needs no repetition of its option: its label says already that there may be more. */
    private String readable(String synopsis) {
        String text = synopsis;
        for (OptionSpec option : commandSpec().options()) {
            if (!option.splitRegex().isEmpty()) {
                String one = option.longestName() + "=" + option.paramLabel();
                text = text.replace(" [" + one + "]...", option.required() ? "" : " [" + one + "]");
            }
        }
        return text;
    }

    /** What must not be broken: an option in its brackets, even if there is a blank in them. */
    private static List<String> words(String synopsis) {
        List<String> words = new ArrayList<>();
        for (String word : synopsis.split("\\s+")) {
            int last = words.size() - 1;
            if (last >= 0 && words.get(last).startsWith("[") && depth(words.get(last)) > 0) {
                words.set(last, words.get(last) + " " + word);
            } else {
                words.add(word);
            }
        }
        return words;
    }

    private static long depth(String word) {
        return word.chars().filter(sign -> sign == '[').count()
                - word.chars().filter(sign -> sign == ']').count();
    }

    @Override
    public String header(Object... parameters) {
        return paragraphs(commandSpec().usageMessage().header(), parameters);
    }

    @Override
    public String description(Object... parameters) {
        return paragraphs(commandSpec().usageMessage().description(), parameters);
    }

    @Override
    public String footer(Object... parameters) {
        return paragraphs(commandSpec().usageMessage().footer(), parameters);
    }

    private String paragraphs(String[] paragraphs, Object... parameters) {
        return join(ansi(), columns, true, paragraphs, new StringBuilder(), parameters)
                .toString();
    }

    @Override
    public Layout createDefaultLayout(
            List<OptionSpec> options, List<PositionalParamSpec> positionals, ColorScheme scheme) {
        if (columns >= FEWEST_FOR_TWO_COLUMNS) {
            return super.createDefaultLayout(options, positionals, scheme);
        }
        TextTable table = TextTable.forColumns(scheme, new Column(columns, 0, Overflow.WRAP));
        table.indentWrappedLines = 0;
        return new Layout(
                scheme,
                table,
                (option, labels, colours) -> rows(
                        String.join(", ", option.names())
                                + labels.renderParameterLabel(option, colours.ansi(), List.of()),
                        option),
                (positional, labels, colours) -> rows(
                        labels.renderParameterLabel(positional, colours.ansi(), List.of())
                                .toString()
                                .strip(),
                        positional));
    }

    /** The name in a line, and below it what it means. */
    private Text[][] rows(String name, ArgSpec argument) {
        String blanks = " ".repeat(INDENT);
        List<String> lines = new ArrayList<>(List.of(blanks + name));
        String description = join(ansi(), columns - 2 * INDENT, true, descriptionOf(argument), new StringBuilder())
                .toString();
        description.lines().forEach(line -> lines.add(blanks + blanks + line));
        return lines.stream().map(line -> new Text[] {ansi().text(line)}).toArray(Text[][]::new);
    }

    /** Picocli has formatted it already, and formats it again. */
    private static String[] descriptionOf(ArgSpec argument) {
        return Arrays.stream(argument.description())
                .map(line -> line.replace("%%", "%").replace("%", "%%"))
                .toArray(String[]::new);
    }

    @Override
    public String commandList(Map<String, Help> commands) {
        int widest = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
        TextTable table = TextTable.forColumns(
                colorScheme(),
                new Column(widest + INDENT + GAP, INDENT, Overflow.SPAN),
                new Column(columns - widest - INDENT - GAP, 0, Overflow.WRAP));
        table.indentWrappedLines = 0;
        commands.forEach((name, help) -> {
            CommandSpec spec = help.commandSpec();
            if (!spec.usageMessage().hidden()) {
                table.addRowValues(name, summary(spec.usageMessage()));
            }
        });
        return table.toString()
                .lines()
                .map(line -> line.stripTrailing() + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private static String summary(UsageMessageSpec usage) {
        return Stream.of(usage.header(), usage.description())
                .flatMap(Arrays::stream)
                .findFirst()
                .orElse("");
    }
}
