using RechargeGrains.Connections;

namespace RechargeGrains.Grains.Connections;

/// <summary>One body that is set aside, as it is stored.</summary>
internal sealed class SetAsideRecord
{
    public SetAsideBody? Body { get; set; }
}
