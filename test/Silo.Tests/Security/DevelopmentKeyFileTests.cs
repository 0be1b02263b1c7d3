using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Tests.Security;

public sealed class DevelopmentKeyFileTests : IDisposable
{
    private const string Purpose = "test";
    private const int Racers = 8;

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

    // A hundred times, since a race is lost seldom.
    [Fact]
    public async Task All_that_race_for_the_first_start_end_up_with_the_same_key()
    {
        using var start = new Barrier(Racers);
        var rounds = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => Task.Factory.StartNew(
            () => Enumerable.Range(0, 100).Select(round =>
            {
                start.SignalAndWait();
                return DevelopmentKeyFile.LoadOrCreate(_folder.File($"race-{round}"));
            }).ToArray(),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.All(Enumerable.Range(0, 100), round =>
        {
            var text = SecretProtector.ForSecrets(rounds[0][round]).Protect("secret", Purpose);
            Assert.All(rounds, keys => Assert.Equal("secret", SecretProtector.ForSecrets(keys[round]).Unprotect(text, Purpose)));
            Assert.Single(Directory.GetFiles(_folder.File($"race-{round}")));
        });
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
