using System.Text.RegularExpressions;
using RechargeGrains.PrivatePostgres;

namespace RechargeGrains.Api.Tests.Security;

/// <summary>On a real server, and with the dump that an operator would make of it.</summary>
public sealed partial class PostgresSecrecyTests : SecrecyTests, IClassFixture<PostgresSecrecyTests.Fixture>
{
    private readonly Fixture _fixture;

    public PostgresSecrecyTests(Fixture fixture)
        : base(fixture)
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        _fixture = fixture;
    }

    protected override async Task<IReadOnlyList<byte[]>> StealAsync()
    {
        var dump = await _fixture.Server!.DumpAsync(_fixture.ConnectionString, TestContext.Current.CancellationToken);
        // Bytes stand in it in hexadecimal.
        List<byte[]> records = [.. Bytes().Matches(dump).Select(match => Convert.FromHexString(match.Groups[1].Value))];
        Assert.Contains(records, record => record.Length > 100);
        return [Encoding.UTF8.GetBytes(dump), .. records];
    }

    [GeneratedRegex(@"\\\\x([0-9a-f]+)")]
    private static partial Regex Bytes();

    public sealed class Fixture : ProductFixture
    {
        public PostgresServer? Server { get; private set; }

        public string ConnectionString { get; private set; } = "";

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            if (Server is not null)
                await Server.DisposeAsync();
        }

        protected override async Task PrepareSettingsAsync(ProductSettings settings)
        {
            if (PostgresServer.Missing is not null)
                return;
            Server = await PostgresServer.StartAsync();
            ConnectionString = await Server.CreateDatabaseAsync();
            settings.Environment["Storage__Provider"] = "Postgres";
            settings.Environment["Storage__ConnectionString"] = ConnectionString;
        }
    }
}
