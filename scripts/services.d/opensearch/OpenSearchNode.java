import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.geo.GeoModulePlugin;
import org.opensearch.index.mapper.MapperExtrasModulePlugin;
import org.opensearch.index.rankeval.RankEvalModulePlugin;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.ingest.common.IngestCommonModulePlugin;
import org.opensearch.join.ParentJoinModulePlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.percolator.PercolatorModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.script.expression.ExpressionModulePlugin;
import org.opensearch.script.mustache.MustacheModulePlugin;
import org.opensearch.search.aggregations.matrix.MatrixAggregationModulePlugin;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * One OpenSearch node on 127.0.0.1, for development and tests: the server and the modules of the standard distribution,
 * taken from the class path instead of from an unpacked distribution.
 *
 * <p>Arguments: the node's home directory, its HTTP port.
 */
public final class OpenSearchNode extends Node {

    private static final List<Class<? extends Plugin>> MODULES = List.of(
        Netty4ModulePlugin.class,
        CommonAnalysisModulePlugin.class,
        PainlessModulePlugin.class,
        ExpressionModulePlugin.class,
        MustacheModulePlugin.class,
        ReindexModulePlugin.class,
        MapperExtrasModulePlugin.class,
        ParentJoinModulePlugin.class,
        MatrixAggregationModulePlugin.class,
        IngestCommonModulePlugin.class,
        PercolatorModulePlugin.class,
        RankEvalModulePlugin.class,
        GeoModulePlugin.class
    );

    private OpenSearchNode(Environment environment) {
        super(environment, MODULES.stream().map(OpenSearchNode::describe).toList(), true);
    }

    private static PluginInfo describe(Class<? extends Plugin> module) {
        String name = module.getName();
        String javaVersion = Integer.toString(Runtime.version().feature());
        return new PluginInfo(name, "module on the class path", "NA", Version.CURRENT, javaVersion, name, List.of(), false);
    }

    private static Settings settings(Path home, int port) {
        return Settings.builder()
            .put("path.home", home.toString())
            .put("path.data", home.resolve("data").toString())
            .put("path.logs", home.resolve("logs").toString())
            .put("cluster.name", "tradewind")
            .put("node.name", "tradewind-1")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", port)
            // Nothing talks to this port: the first free one will do.
            .put("transport.port", "9300-9499")
            // Works whatever vm.max_map_count is.
            .put("node.store.allow_mmap", false)
            // A nearly full disk does not turn the indices read-only.
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            // With a single node a replica could never be placed.
            .put("cluster.default_number_of_replicas", 0)
            .build();
    }

    private static void run(Path home, int port) throws Exception {
        for (String directory : List.of("config", "data", "logs", "modules", "plugins")) {
            Files.createDirectories(home.resolve(directory));
        }
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
            settings(home, port), Map.of(), home.resolve("config"), () -> "tradewind-1");
        OpenSearchNode node = new OpenSearchNode(environment);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        node.start();
        // The node's threads are daemons: without this one the JVM would end. The hook ends the wait, by ending the JVM.
        new CountDownLatch(1).await();
    }

    private static void close(Node node) {
        try {
            node.close();
            node.awaitClose(20, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException e) {
            e.printStackTrace();
        }
    }

    public static void main(String[] args) {
        try {
            run(Path.of(args[0]).toAbsolutePath(), Integer.parseInt(args[1]));
        } catch (Throwable t) {
            // For instance a taken port. A thread that is no daemon may run already: end it all.
            t.printStackTrace();
            System.exit(1);
        }
    }
}
