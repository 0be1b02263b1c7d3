namespace RechargeGrains.Connections;

/// <summary>No more bodies can be set aside. The caller says "try again later".</summary>
[GenerateSerializer, Alias("rg.set-aside-full")]
public sealed class SetAsideFullException : Exception
{
    public SetAsideFullException()
        : base("No more bodies can be set aside.")
    {
    }
}
