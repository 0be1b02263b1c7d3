using RechargeGrains.Customers;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.SetUp;

namespace RechargeGrains.Grains.Tests.SetUp;

public sealed class SetUpDraftGrainTests(ClusterFixture cluster)
{
    [Fact]
    public async Task A_draft_is_there_after_the_grain_was_put_to_rest_and_gone_once_it_is_cleared()
    {
        var draft = cluster.Grains.GetGrain<ISetUpDraftGrain>($"t-{Guid.NewGuid():N}/per_1");
        Assert.Null(await draft.GetAsync());
        await draft.SaveAsync(new SetUpDraft { Step = 2, OmetriaAccountId = "acc_1", CustomEvents = [EventKind.UpcomingCharge] });
        await TestConnection.ForgetAsync(draft);

        var kept = (await draft.GetAsync())!;
        Assert.Equal((2, "acc_1"), (kept.Step, kept.OmetriaAccountId));
        Assert.Equal([EventKind.UpcomingCharge], kept.CustomEvents);
        await draft.ClearAsync();
        Assert.Null(await draft.GetAsync());
        await draft.SaveAsync(new SetUpDraft { Step = 1 });
        Assert.Equal(1, (await draft.GetAsync())!.Step);
    }
}
