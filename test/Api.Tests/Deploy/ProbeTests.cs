using System.Net;
using System.Text.RegularExpressions;

namespace RechargeGrains.Api.Tests.Deploy;

public sealed partial class ProbeTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Every_path_that_is_probed_is_answered()
    {
        var paths = DeployFiles.All.Values.SelectMany(text => ProbePath().Matches(text)).Select(match => match.Value).Distinct().ToList();

        Assert.Contains("/health/ready", paths);
        Assert.Contains("/health/live", paths);
        foreach (var path in paths)
        {
            using var answer = await fixture.Operator.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} is answered {(int)answer.StatusCode}.");
        }
    }

    [GeneratedRegex(@"/health/[a-z]+")]
    private static partial Regex ProbePath();
}
