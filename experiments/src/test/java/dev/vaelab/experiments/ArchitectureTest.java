package dev.vaelab.experiments;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The architecture of design.md holds in every module")
@AnalyzeClasses(
        packages = "dev.vaelab",
        locations = ArchitectureTest.ModulesApart.class,
        importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] ENGINES = {
        "org.nd4j..", "org.deeplearning4j..", "org.bytedeco..", "ai.djl..", "org.tensorflow.."
    };

    /**
     * The modules that are not on the class path: TensorFlow would be in Deeplearning4j's way there, and whoever is compiled against Spark runs
     * beside it.
     */
    static final class ModulesApart implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> test) {
            return Set.of(
                    Location.of(Path.of("..", "vae-backend-tensorflow", "target", "classes")),
                    Location.of(Path.of("..", "vae-spark", "target", "classes")));
        }
    }

    @ArchTest
    @DisplayName("The rules below see every module: a rule over an empty set proves nothing")
    static void everyModuleIsSeen(JavaClasses imported) {
        for (String root : List.of(
                "dev.vaelab.api.",
                "dev.vaelab.data.",
                "dev.vaelab.backend.reference.",
                "dev.vaelab.backend.dl4j.",
                "dev.vaelab.backend.djl.",
                "dev.vaelab.backend.tensorflow.",
                "dev.vaelab.testkit.",
                "dev.vaelab.training.",
                "dev.vaelab.experiment.",
                "dev.vaelab.report.",
                "dev.vaelab.export.",
                "dev.vaelab.spark.",
                "dev.vaelab.cli.")) {
            assertTrue(
                    imported.stream().anyMatch(type -> type.getName().startsWith(root)),
                    "no class of " + root + " seen");
        }
    }

    @ArchTest
    static final ArchRule API_DEPENDS_ON_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.api..")
            .should()
            .dependOnClassesThat(ours("dev.vaelab.api.."))
            .because("the contract must not know who fulfils or uses it");

    @ArchTest
    static final ArchRule TRAINING_DEPENDS_ON_THE_CONTRACT_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.training..")
            .should()
            .dependOnClassesThat(ours("dev.vaelab.api..", "dev.vaelab.training.."))
            .because("what happens once for every engine must not know which there are, nor where files lie");

    @ArchTest
    static final ArchRule EXPERIMENT_IS_A_LIBRARY = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.experiment..")
            .should()
            .dependOnClassesThat(
                    ours("dev.vaelab.api..", "dev.vaelab.training..", "dev.vaelab.data..", "dev.vaelab.experiment.."))
            .because("a Java program that trains from a file needs neither pages nor a command line");

    @ArchTest
    static final ArchRule SPARK_STAYS_IN_ITS_MODULE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vaelab.spark..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
            .because("the program must run without Spark, and beside a Spark whose libraries are of other versions");

    @ArchTest
    static final ArchRule SPARK_CARRIES_THE_LIBRARY = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.spark..")
            .should()
            .dependOnClassesThat(ours(
                    "dev.vaelab.api..",
                    "dev.vaelab.data..",
                    "dev.vaelab.training..",
                    "dev.vaelab.experiment..",
                    "dev.vaelab.spark.."))
            .because(
                    "what is done on many machines is what the library does on one; its commands are the command line's");

    @ArchTest
    static final ArchRule WHAT_IS_SERIALIZED_KNOWS_SPARK_ONLY = noClasses()
            .that()
            .resideInAnyPackage("dev.vaelab.spark", "dev.vaelab.spark.task")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..", "org.apache.spark..", "scala..", "dev.vaelab.spark", "dev.vaelab.spark.task")
            .because("these classes are loaded on Spark's side, where there is nothing else of ours");

    @ArchTest
    static final ArchRule REPORT_DOES_NOT_KNOW_THE_COMMAND_LINE = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.report..")
            .should()
            .dependOnClassesThat(
                    ours("dev.vaelab.api..", "dev.vaelab.training..", "dev.vaelab.experiment..", "dev.vaelab.report.."))
            .because("pages and pictures are made for any program that trains");

    @ArchTest
    static final ArchRule EXPORT_DOES_NOT_KNOW_THE_COMMAND_LINE = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.export..")
            .should()
            .dependOnClassesThat(
                    ours("dev.vaelab.api..", "dev.vaelab.training..", "dev.vaelab.experiment..", "dev.vaelab.export.."))
            .because("a model leaves any program that has trained it, and no engine is needed for that");

    @ArchTest
    static final ArchRule FORMATS_DO_NOT_KNOW_EACH_OTHER = SlicesRuleDefinition.slices()
            .matching("dev.vaelab.export.(onnx|torchscript|huggingface)..")
            .should()
            .notDependOnEachOther()
            .because("what a model computes is said once, to whichever format writes it down");

    @ArchTest
    static final ArchRule LIBLINEAR_STAYS_IN_THE_PROBE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vaelab.training.probe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("de.bwaldvogel.liblinear..")
            .because("its features are objects, one for each number: nothing but a solver wants them so");

    @ArchTest
    static final ArchRule PICOCLI_STAYS_IN_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vaelab.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "org.jline..", "me.tongfei..", "ch.qos.logback..")
            .because("a program of somebody else has its own options, terminal and logging");

    @ArchTest
    static final ArchRule NO_CYCLES = SlicesRuleDefinition.slices()
            .matching("dev.vaelab.(**)")
            .should()
            .beFreeOfCycles()
            .because("packages that need each other cannot be understood, tested or moved one at a time");

    @ArchTest
    static final ArchRule ENGINES_STAY_IN_THEIR_BACKENDS = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.vaelab.backend.dl4j..",
                    "dev.vaelab.backend.djl..",
                    "dev.vaelab.backend.tensorflow..",
                    // TensorFlow's messages for TensorBoard, which are no engine.
                    "dev.vaelab.report.tensorboard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINES)
            .because("an engine type outside its backend would make the engine impossible to swap");

    @ArchTest
    static final ArchRule DL4J_KNOWS_ITS_ENGINE_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.backend.dl4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl..", "org.tensorflow..")
            .because("two engines in one backend could not be compared");

    @ArchTest
    static final ArchRule DJL_KNOWS_ITS_ENGINE_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.backend.djl..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..", "org.tensorflow..")
            .because("two engines in one backend could not be compared");

    @ArchTest
    static final ArchRule TENSORFLOW_KNOWS_ITS_ENGINE_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.backend.tensorflow..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "ai.djl..")
            .because("two engines in one backend could not be compared");

    @ArchTest
    static final ArchRule BACKENDS_DO_NOT_KNOW_EACH_OTHER = SlicesRuleDefinition.slices()
            .matching("dev.vaelab.backend.(*)..")
            .should()
            .notDependOnEachOther()
            .because("a backend is a jar of its own, and each must work without the others");

    @ArchTest
    static final ArchRule BACKENDS_KNOW_THE_CONTRACT_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.backend..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.vaelab.cli..",
                    "dev.vaelab.report..",
                    "dev.vaelab.experiment..",
                    "dev.vaelab.training..",
                    "dev.vaelab.data..",
                    "dev.vaelab.testkit..")
            .because("a stranger's backend has nothing but the contract either");

    @ArchTest
    static final ArchRule DATA_KNOWS_THE_CONTRACT_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.data..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.vaelab.cli..",
                    "dev.vaelab.report..",
                    "dev.vaelab.experiment..",
                    "dev.vaelab.training..",
                    "dev.vaelab.backend..",
                    "dev.vaelab.testkit..")
            .because("data sets are the same for every engine and every program");

    @ArchTest
    static final ArchRule PROGRAM_FINDS_BACKENDS_AT_RUN_TIME = noClasses()
            .that()
            .resideInAPackage("dev.vaelab.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.vaelab.backend..", "dev.vaelab.testkit..")
            .because("a jar dropped beside the others must do, so the program may name none");

    @ArchTest
    static final ArchRule CLASS_LOADERS_STAY_WHERE_PLUG_INS_ARE_FOUND = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.vaelab.experiment.plugin..",
                    "dev.vaelab.experiment.cluster..",
                    "dev.vaelab.spark..",
                    "dev.vaelab.testkit..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.URLClassLoader")
            .orShould()
            .callMethod(Thread.class, "setContextClassLoader", ClassLoader.class)
            .because(
                    "which version of a library an engine gets is decided once; and on Spark, whose threads these are, which the program gets");

    @ArchTest
    static final ArchRule ONE_PLACE_READS_SERVICE_FILES = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.vaelab.api.ServiceProviders")
            .and()
            .resideOutsideOfPackages("dev.vaelab.experiment.cluster..", "dev.vaelab.testkit..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.ServiceLoader")
            .because(
                    "what cannot be loaded, and what is there twice, is told in one way; Spark's side of the program is no plug-in:"
                            + " it is there once, or not at all");

    @ArchTest
    static final ArchRule GUICE_STAYS_IN_THE_COMPOSITION_ROOT = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vaelab.experiment.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.inject..")
            .because("parts take what they need in constructors and do not care who hands it over");

    @ArchTest
    static final ArchRule THE_JAVA_API_SHOWS_NOTHING_THAT_IT_IS_MADE_WITH = classes()
            .that()
            .resideInAPackage("dev.vaelab.experiment")
            .and()
            .arePublic()
            .should(new PublicSignatures("dev.vaelab..", "java.."))
            .because(
                    "a program that embeds the library must not have to know Guice, Jackson or an engine, nor break when one of"
                            + " them changes");

    @ArchTest
    static final ArchRule DATABIND_STAYS_WHERE_JSON_IS_READ_AND_WRITTEN = noClasses()
            .that()
            .resideOutsideOfPackages("dev.vaelab.experiment.file..", "dev.vaelab.experiment.json..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson.databind..", "com.fasterxml.jackson.databind..")
            .because("the rules of files live in one place, and records are plain data");

    @ArchTest
    static final ArchRule TENSORBOARDS_MESSAGES_STAY_WHERE_THEY_ARE_WRITTEN = noClasses()
            .that()
            .resideOutsideOfPackages("dev.vaelab.report.tensorboard..", "dev.vaelab.backend.tensorflow..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.tensorflow..")
            .because("a training that writes no event files should load nothing of them");

    @ArchTest
    static final ArchRule ONNX_MESSAGES_STAY_WHERE_THEY_ARE_WRITTEN = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vaelab.export.onnx..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnx..", "org.tribuo..")
            .because("the other formats, and all else, can do without the messages of one");

    @ArchTest
    static final ArchRule PROTOBUF_STAYS_WITH_THE_MESSAGES = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.vaelab.report.tensorboard..", "dev.vaelab.backend.tensorflow..", "dev.vaelab.export.onnx..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.protobuf..")
            .because("what is no file of messages has nothing to say in it");

    @ArchTest
    static final ArchRule JETTY_STAYS_IN_THE_LOCAL_SERVER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vaelab.report.web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..")
            .because(
                    "pages and their questions do not care which server carries them, and whom it lets in is decided once");

    @ArchTest
    static final ArchRule NOBODY_ENDS_THE_PROCESS_BUT_MAIN = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.vaelab.cli.Main")
            .and()
            .doNotHaveFullyQualifiedName("dev.vaelab.spark.SparkMain")
            .should()
            .callMethod(System.class, "exit", int.class)
            .because(
                    "whoever ends the process takes checkpoints and exit codes away from the program; on Spark, it is that main"
                            + " which finds no program");

    @ArchTest
    static final ArchRule NUMBERS_LOOK_THE_SAME_IN_EVERY_LOCALE = noClasses()
            .should()
            .callMethodWhere(DependsOnTheLocale.INSTANCE)
            .orShould()
            .callConstructorWhere(DependsOnTheLocale.INSTANCE)
            .because("what one machine writes another one reads: digits are ASCII, and Locale.ROOT is always named");

    @ArchTest
    static final ArchRule ONE_PLACE_WRITES_TO_THE_TERMINAL = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vaelab.cli.terminal..")
            .should()
            .accessField(java.io.FileDescriptor.class, "out")
            .orShould()
            .accessField(java.io.FileDescriptor.class, "err")
            .orShould()
            .callMethod(System.class, "setOut", java.io.PrintStream.class)
            .orShould()
            .callMethod(System.class, "setErr", java.io.PrintStream.class)
            .orShould()
            .callMethod(ProcessBuilder.class, "inheritIO")
            .because("control characters of names and files would reach the terminal on any other way");

    @ArchTest
    static final ArchRule RANDOMNESS_COMES_FROM_THE_STREAMS = noClasses()
            .that()
            .resideOutsideOfPackages("dev.vaelab.testkit..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .callMethod(Math.class, "random")
            .because("a number drawn elsewhere would differ between engines and between runs");

    private static DescribedPredicate<JavaClass> ours(String... except) {
        return resideInAnyPackage("dev.vaelab..").and(DescribedPredicate.not(resideInAnyPackage(except)));
    }
}
