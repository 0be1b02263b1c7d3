using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;
using RechargeGrains.Grains.Security;
using RechargeGrains.Silo.Hosting;
using RechargeGrains.Silo.Storage;

namespace RechargeGrains.Silo.Tests.Hosting;

public sealed class ExceptionsOnTheWireTests
{
    public static TheoryData<Exception> Failures =>
    [
        new StorageUnavailableException("The disk is full.", new IOException("No space left.")),
        new SecretUnreadableException("The secret cannot be opened."),
        new NpgsqlException("Connection refused."),
        new OrleansException("Error from storage provider.", new StorageUnavailableException("The database is down.")),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failure_reaches_another_process_as_what_it_is(Exception failure)
    {
        var services = new ServiceCollection().AddSerializer();
        services.AddExceptionsOnTheWire();
        using var provider = services.BuildServiceProvider();
        var serializer = provider.GetRequiredService<Serializer>();

        var arrived = serializer.Deserialize<Exception>(serializer.SerializeToArray(failure));

        Assert.NotNull(arrived);
        Assert.Equal(failure.GetType(), arrived.GetType());
        Assert.Equal(failure.Message, arrived.Message);
        Assert.Equal(failure.InnerException?.Message, arrived.InnerException?.Message);
    }
}
