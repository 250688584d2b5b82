package dev.vaelab.experiment.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fitted table")
final class FittedTableTest {
    private final FittedTable table = FittedTable.of(1, "run", "validation", "total", "backend", "seed")
            .row(List.of("runs/long-name", "97.250", "97.500", "djl", "1"))
            .row(List.of("runs/b", "98.000", "98.125", "dl4j", "42"))
            .row(List.of("runs/c"), "failed: the loss became NaN");

    @Test
    @DisplayName("has all columns where they fit")
    void wide() {
        assertEquals("""
                run             validation   total  backend  seed
                runs/long-name      97.250  97.500      djl     1
                runs/b              98.000  98.125     dl4j    42
                runs/c          failed: the loss became NaN
                """, table.text(80));
    }

    @Test
    @DisplayName("leaves the last ones out where they do not, and names them")
    void narrower() {
        assertEquals("""
                run             validation   total
                runs/long-name      97.250  97.500
                runs/b              98.000  98.125
                runs/c          failed: the loss became NaN
                not shown for want of columns: backend,
                  seed
                """, table.text(40));
    }

    @Test
    @DisplayName("becomes lines of titles and values where not two figures fit")
    void narrow() {
        assertEquals("""
                runs/long-name
                  validation 97.250
                  total 97.500
                  backend djl  seed 1
                runs/b
                  validation 98.000
                  total 98.125
                  backend dl4j
                  seed 42
                runs/c
                  failed: the loss
                  became NaN
                """, table.text(22));
    }

    @Test
    @DisplayName("shows what a name holds that a terminal would obey")
    void visible() {
        assertEquals(
                "run\na\\u000ab\\u001b[2J\n",
                FittedTable.of(1, "run").row(List.of("a\nb\u001b[2J")).text(80));
    }
}
