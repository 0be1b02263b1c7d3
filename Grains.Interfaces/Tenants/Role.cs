namespace RechargeGrains.Tenants;

/// <summary>What a token may do. An operator is of the hosting company and belongs to no tenant.</summary>
[GenerateSerializer, Alias("rg.role.v1")]
public enum Role
{
    Member = 0,
    Administrator = 1,
    Operator = 2,
}
