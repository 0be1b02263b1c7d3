namespace RechargeGrains.SetUp;

/// <summary>Keeps one person's unfinished set-up of one tenant (key: tenant id, a slash, who), so that it can be left and gone on with.</summary>
[Alias("rg.set-up-draft")]
public interface ISetUpDraftGrain : IGrainWithStringKey
{
    /// <summary>Null if there is none.</summary>
    [Alias("get")]
    Task<SetUpDraft?> GetAsync();

    [Alias("save")]
    Task SaveAsync(SetUpDraft draft);

    [Alias("clear")]
    Task ClearAsync();
}
