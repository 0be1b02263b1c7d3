using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Tests.Security;

public sealed class DevelopmentKeyFileTests : IDisposable
{
    private const string Purpose = "test";

    private readonly TemporaryFolder _folder = new();

    private string KeyFolder => _folder.File("data");

    private string KeyPath => Path.Combine(KeyFolder, DevelopmentKeyFile.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_key_is_made_once_and_then_read()
    {
        var sealedText = SecretProtector.ForSecrets(DevelopmentKeyFile.LoadOrCreate(KeyFolder)).Protect("secret", Purpose);

        Assert.Equal("secret", SecretProtector.ForSecrets(DevelopmentKeyFile.LoadOrCreate(KeyFolder)).Unprotect(sealedText, Purpose));
        Assert.Equal(KeyPath, Assert.Single(Directory.GetFiles(KeyFolder)));
    }

    [Fact]
    public void Only_the_owner_can_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        DevelopmentKeyFile.LoadOrCreate(KeyFolder);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
    }

    [Fact]
    public async Task All_that_race_for_the_first_start_end_up_with_the_same_key()
    {
        using var start = new Barrier(8);
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return DevelopmentKeyFile.LoadOrCreate(KeyFolder);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        var text = SecretProtector.ForSecrets(keys[0]).Protect("secret", Purpose);
        Assert.All(keys, key => Assert.Equal("secret", SecretProtector.ForSecrets(key).Unprotect(text, Purpose)));
        Assert.Single(Directory.GetFiles(KeyFolder));
    }

    [Fact]
    public void A_file_without_a_key_is_reported_and_left_alone()
    {
        Directory.CreateDirectory(KeyFolder);
        File.WriteAllText(KeyPath, "damaged");
        var error = Assert.Throws<FormatException>(() => DevelopmentKeyFile.LoadOrCreate(KeyFolder));

        Assert.Contains(KeyPath, error.Message, StringComparison.Ordinal);
        Assert.Equal("damaged", File.ReadAllText(KeyPath));
    }
}
