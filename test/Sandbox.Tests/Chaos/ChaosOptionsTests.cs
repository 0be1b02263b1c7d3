namespace RechargeGrains.Sandbox.Tests;

public sealed class ChaosOptionsTests
{
    [Fact]
    public void Arguments_are_read_and_the_rest_has_defaults()
    {
        var (options, problem) = ChaosOptions.Read(["--events", "5", "--keep", "--kills", "0", "--seed", "9", "--connections", "2"]);

        Assert.Null(problem);
        Assert.Equal(new ChaosOptions { Events = 5, Kills = 0, Seed = 9, Connections = 2, Keep = true, Customers = 500, PushesPerSecond = 100 }, options);
    }

    [Theory]
    [InlineData("--events")]
    [InlineData("--events", "many")]
    [InlineData("--events", "0")]
    [InlineData("--colour", "1")]
    public void What_cannot_be_understood_is_said(params string[] args)
    {
        var (options, problem) = ChaosOptions.Read(args);

        Assert.Null(options);
        Assert.Contains(args[0], problem, StringComparison.Ordinal);
    }
}
