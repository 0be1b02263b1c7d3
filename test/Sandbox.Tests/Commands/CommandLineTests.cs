namespace RechargeGrains.Sandbox.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("dance")]
    [InlineData("serve", "--customers")]
    [InlineData("serve", "--customers", "many")]
    [InlineData("--colour", "red")]
    public async Task What_cannot_be_understood_ends_with_2(params string[] args) =>
        Assert.Equal(2, await CommandLine.RunAsync(args));

    [Fact]
    public async Task Help_ends_with_0() => Assert.Equal(0, await CommandLine.RunAsync(["--help"]));

    [Fact]
    public void Options_are_read()
    {
        var options = new SandboxOptions();

        Assert.Null(ServeCommand.Read(["--url", "http://127.0.0.1:1", "--customers", "5", "--seed", "9"], options));

        Assert.Equal(("http://127.0.0.1:1", 5, 9), (options.Url, options.Customers, options.Seed));
    }
}
