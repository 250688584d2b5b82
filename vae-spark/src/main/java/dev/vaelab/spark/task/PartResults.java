package dev.vaelab.spark.task;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What a partition comes to, as one value; this is what is serialized. */
public final class PartResults extends AbstractFunction1<Iterator<Object>, Object[]> implements Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public Object[] apply(Iterator<Object> results) {
        List<Object> all = new ArrayList<>();
        while (results.hasNext()) {
            all.add(results.next());
        }
        return all.toArray();
    }
}
