import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * An HDFS of this machine: a namenode and a datanode in one process, until that is ended. See docs/cluster.md.
 *
 * <p>It has a folder {@code /closed} that nobody but the user somebody may enter; all else belongs to whoever started it.
 */
public final class SmallHdfs {
    private SmallHdfs() {}

    /** @param arguments an empty folder for its files, and the port of the namenode */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR,
                Files.createDirectories(Path.of(arguments[0])).toAbsolutePath().toString());
        MiniDFSCluster cluster = new MiniDFSCluster.Builder(configuration)
                .numDataNodes(1)
                .nameNodePort(Integer.parseInt(arguments[1]))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::shutdown));
        cluster.waitActive();
        org.apache.hadoop.fs.Path closed = new org.apache.hadoop.fs.Path("/closed");
        cluster.getFileSystem().mkdirs(closed);
        cluster.getFileSystem().setPermission(closed, new FsPermission("700"));
        cluster.getFileSystem().setOwner(closed, "somebody", "nobodies");
        System.out.println(cluster.getURI());
        Thread.currentThread().join();
    }
}
