namespace RechargeGrains.Api.Pages.SetUp;

/// <summary>The steps of the set-up in their order; the numbers are kept in drafts.</summary>
internal enum SetUpStep
{
    Ometria = 0,
    Recharge = 1,
    Fields = 2,
    Start = 3,
    Finish = 4,
}
