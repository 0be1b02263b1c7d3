using RechargeGrains.SetUp;

namespace RechargeGrains.Grains.SetUp;

internal sealed class SetUpDraftState
{
    public SetUpDraft? Draft { get; set; }
}
