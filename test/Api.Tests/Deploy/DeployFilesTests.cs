using System.Text.RegularExpressions;
using System.Xml.Linq;
using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Api.Tests.Deploy;

/// <summary>Holds what the program is deployed with to what the program is.</summary>
public sealed partial class DeployFilesTests
{
    private static readonly ClusterSettings Cluster = new();

    [Fact]
    public void Every_setting_in_a_file_is_in_the_table_of_settings()
    {
        var used = DeployFiles.All.SelectMany(file => Setting().Matches(file.Value).Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal))).Distinct().ToList();

        Assert.Contains("Storage:ConnectionString", used);
        Assert.Empty(used.Except(DeployFiles.Settings()));
    }

    [Theory]
    [InlineData("deploy/Dockerfile")]
    [InlineData("deploy/Container.props")]
    [InlineData("deploy/kubernetes/base/silo.yaml")]
    [InlineData("deploy/kubernetes/base/network.yaml")]
    [InlineData("deploy/README.md")]
    public void The_ports_of_a_silo_are_those_that_it_has_without_a_setting(string path)
    {
        var text = DeployFiles.Read(path);

        Assert.Matches($@"\b{Cluster.SiloPort}\b", text);
        Assert.Matches($@"\b{Cluster.GatewayPort}\b", text);
    }

    [Fact]
    public void Probes_and_scrapes_go_to_the_port_of_the_monitor()
    {
        var addresses = DeployFiles.All.Values.SelectMany(text => MonitorAddress().Matches(text)).Select(match => match.Groups["port"].Value).Distinct();
        var probes = DeployFiles.Read("deploy/azure/main.bicep").Split('\n').Where(line => line.Contains("/health/", StringComparison.Ordinal)).ToList();

        Assert.Equal(["8081"], addresses);
        Assert.Equal(3, probes.Count);
        Assert.All(probes, line => Assert.Contains("port: 8081", line, StringComparison.Ordinal));
        Assert.Contains("health_port 8081", DeployFiles.Read("deploy/compose/Caddyfile"), StringComparison.Ordinal);
        foreach (var program in (string[])["silo", "api"])
        {
            var text = DeployFiles.Read($"deploy/kubernetes/base/{program}.yaml");
            Assert.Contains("{ name: monitor, containerPort: 8081 }", text, StringComparison.Ordinal);
            Assert.Equal(3, Regex.Count(text, "httpGet: { path: /health/(live|ready), port: monitor }"));
        }
    }

    [Fact]
    public void An_image_starts_the_programs_by_their_names()
    {
        var dockerfile = DeployFiles.Read("deploy/Dockerfile");

        foreach (var program in (Type[])[typeof(ApiHost), typeof(SiloHosting)])
            Assert.Contains($"ENTRYPOINT [\"dotnet\", \"{program.Assembly.GetName().Name}.dll\"]", dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_is_built_from_every_project_that_the_program_needs()
    {
        var dockerfile = DeployFiles.Read("deploy/Dockerfile");
        var ignored = DeployFiles.Read(".dockerignore");

        foreach (var project in ProjectsOf("Api/Api.csproj"))
        {
            Assert.Contains($"COPY {project}/{project}.csproj {project}/packages.lock.json {project}/", dockerfile, StringComparison.Ordinal);
            Assert.Contains($"COPY {project}/ {project}/", dockerfile, StringComparison.Ordinal);
            Assert.Contains($"\n!{project}\n", ignored, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_file_holds_the_value_of_a_secret()
    {
        foreach (var (path, text) in DeployFiles.All)
        {
            Assert.False(Key32().IsMatch(text), $"{path} holds 32 bytes in base64.");
            foreach (Match secret in SecretValue().Matches(text))
                Assert.True(secret.Groups["value"].Value is "" or "\"\"" or "…" || secret.Groups["value"].Value.StartsWith("${", StringComparison.Ordinal), $"{path}: {secret.Value}");
        }
    }

    /// <summary>The Apis are open to the Internet. They pass on what is sealed and never open it.</summary>
    [Fact]
    public void No_Api_beside_silos_is_given_the_master_key()
    {
        var compose = DeployFiles.Read("deploy/compose.yml");
        var bicep = DeployFiles.Read("deploy/azure/main.bicep");

        Assert.DoesNotContain("Security__MasterKey", DeployFiles.Read("deploy/kubernetes/base/api.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain("silo-settings", Between(compose, "x-api: &api", "services:"), StringComparison.Ordinal);
        Assert.DoesNotContain("MASTER_KEY", Between(compose, "x-settings:", "x-silo-settings:"), StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", bicep[bicep.IndexOf("resource api 'Microsoft.App", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("master-key", Between(bicep, "var settings = [", "var probes = ["), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_variable_of_the_compose_file_is_explained()
    {
        var example = DeployFiles.Read("deploy/.env.example");
        var variables = ComposeVariable().Matches(DeployFiles.Read("deploy/compose.yml")).Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.NotEmpty(variables);
        Assert.All(variables, name => Assert.Matches($"(?m)^{name}=", example));
    }

    [Fact]
    public void Every_manifest_is_part_of_what_is_applied()
    {
        foreach (var folder in (string[])["base", "example"])
        {
            var kustomization = DeployFiles.Read($"deploy/kubernetes/{folder}/kustomization.yaml");
            var files = Directory.GetFiles(Path.Combine(DeployFiles.Root, "deploy/kubernetes", folder)).Select(path => Path.GetFileName(path)!);
            Assert.All(files.Where(name => name != "kustomization.yaml"), name => Assert.Matches($@"- (path: )?{Regex.Escape(name)}(\n|$)", kustomization));
        }
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        Assert.NotEqual(-1, from);
        var to = text.IndexOf(end, from, StringComparison.Ordinal);
        Assert.NotEqual(-1, to);
        return text[from..to];
    }

    private static HashSet<string> ProjectsOf(string path)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { Path.GetDirectoryName(path)! };
        foreach (var reference in XDocument.Parse(DeployFiles.Read(path)).Descendants("ProjectReference"))
            found.UnionWith(ProjectsOf(reference.Attribute("Include")!.Value["../".Length..]));
        return found;
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+__[A-Z][A-Za-z]+(__[A-Z][A-Za-z]+)*\b")]
    private static partial Regex Setting();

    [GeneratedRegex(@"Hosting__MonitorUrl\W+(Value|value)?\W*http://0\.0\.0\.0:(?<port>\d+)")]
    private static partial Regex MonitorAddress();

    [GeneratedRegex("[A-Za-z0-9+/]{43}=")]
    private static partial Regex Key32();

    [GeneratedRegex(@"(?:Password=|AccountKey=|(?:_PASSWORD|_KEY|_TOKEN|MasterKey|BootstrapToken)(?:=|: ))(?<value>""""|…|\$\{|[^\s;'""]*)")]
    private static partial Regex SecretValue();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)")]
    private static partial Regex ComposeVariable();
}
