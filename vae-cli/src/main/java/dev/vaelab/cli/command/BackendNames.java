package dev.vaelab.cli.command;

import dev.vaelab.experiment.wiring.Laboratory;
import java.util.Iterator;

/** The names of the engines that there are, for the completion of shells; they are looked up when they are asked for. */
final class BackendNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Laboratory.open().backends().names().iterator();
    }
}
