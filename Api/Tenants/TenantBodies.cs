using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Tenants;

internal sealed class CreateTenant
{
    public string? TenantId { get; set; }

    public string? Name { get; set; }
}

internal sealed class CreateToken
{
    public string? Name { get; set; }

    /// <summary><c>administrator</c> or <c>member</c>.</summary>
    public string? Role { get; set; }
}

/// <summary>A token, shown this once.</summary>
internal sealed record TokenBody(string TokenId, string Token);

internal sealed class EnablementBody
{
    public bool? Recharge { get; set; }

    public IReadOnlyList<string>? CustomEvents { get; set; }

    public static EnablementBody Of(Enablement enablement) =>
        new() { Recharge = enablement.Recharge, CustomEvents = [.. enablement.CustomEvents.Select(EventKinds.NameOf)] };
}

internal sealed record TenantBody(string TenantId, string Name, EnablementBody Enablement, DateTimeOffset CreatedAt)
{
    public static TenantBody Of(TenantView view) => new(view.TenantId, view.Name, EnablementBody.Of(view.Enablement), view.CreatedAt);
}

internal sealed record TenantList(IReadOnlyList<TenantBody> Tenants);
