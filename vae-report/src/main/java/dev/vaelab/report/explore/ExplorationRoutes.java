package dev.vaelab.report.explore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.report.page.Resource;
import dev.vaelab.report.web.Document;
import dev.vaelab.report.web.Routes;
import java.util.List;

/** The page, and what it asks. */
public final class ExplorationRoutes {
    private static final String STYLE = "text/css";
    private static final String SCRIPT = "text/javascript";
    private static final String OF_REPORTS = "/dev/vaelab/report/page/";
    private static final String OF_PAGE = "/dev/vaelab/report/explore/";
    private static final List<String> SCRIPTS =
            List.of("latents.js", "pictures.js", "sliders.js", "map.js", "between.js", "explore.js");

    /** What the page sends to have decoded; the label only if the model is conditional. */
    private record Latents(
            float[] latents,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer label) {}

    /** A sample of the prior. */
    private record Sample(int index, float[] latents) {}

    private ExplorationRoutes() {}

    /** The addresses of an exploration. */
    public static Routes of(Exploration exploration) {
        Routes routes = new Routes();
        file(routes, "/", "text/html", OF_PAGE + "explore.html");
        file(routes, "/explore.css", STYLE, OF_PAGE + "explore.css");
        file(routes, "/icon.svg", "image/svg+xml", OF_PAGE + "icon.svg");
        SCRIPTS.forEach(name -> file(routes, "/" + name, SCRIPT, OF_PAGE + name));
        // It looks like a report, and its numbers are written like those of a report.
        file(routes, "/page.css", STYLE, OF_REPORTS + "page.css");
        file(routes, "/elements.js", SCRIPT, OF_REPORTS + "elements.js");

        Description description = exploration.description();
        Document described = Document.json(description);
        return routes.get("/api/run", query -> described)
                .get(
                        "/api/image",
                        query -> Document.json(exploration.image(
                                query.wholeNumber("index", 0, Math.max(0, description.testImages() - 1)))))
                .get("/api/sample", query -> {
                    int index = query.wholeNumber("index", 0, description.prior() - 1);
                    return Document.json(new Sample(index, exploration.sample(index)));
                })
                .post("/api/decode", body -> {
                    Latents sent = latents(body);
                    return Document.json(exploration.decode(sent.latents(), sent.label()));
                });
    }

    private static void file(Routes routes, String path, String type, String resource) {
        Document document = Document.text(type, Resource.text(resource));
        routes.get(path, query -> document);
    }

    private static Latents latents(String body) {
        try {
            Latents read = JsonText.read(body, Latents.class);
            if (read != null) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            // Reported below: what Jackson says names classes of this program, which the browser does not know.
        }
        throw new InvalidInputException(Problem.of("body", "something else", "JSON like {\"latents\": [0.5, -1]}"));
    }
}
